"""Each entry of the ask history says what its listing hid, and a table what its company hid on all listings.

What was hidden when an older entry was written is not known. Where the listing hides an ask now, none of
its entries shows that ask later on; where its company does, its switch stands before all of its history.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
UPDATE market_showing SET asks_switched_at = changed_at;
INSERT INTO market_showingchange (company_id, place, at, hides_ask, hides_cash_ask)
SELECT company_id, 0, changed_at, hides_ask, hides_cash_ask FROM market_showing
WHERE hides_ask OR hides_cash_ask ORDER BY company_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE market_askchange DISABLE TRIGGER askchange_is_never_edited;
UPDATE market_askchange AS entry SET hides_ask = listing.hides_ask, hides_cash_ask = listing.hides_cash_ask
FROM market_listing AS listing
WHERE listing.id = entry.listing_id AND (listing.hides_ask OR listing.hides_cash_ask);
ALTER TABLE market_askchange ENABLE TRIGGER askchange_is_never_edited;
"""
REFUSE = """
CREATE TRIGGER showingchange_is_never_edited BEFORE UPDATE OR DELETE ON market_showingchange
    FOR EACH ROW EXECUTE FUNCTION market_history_is_only_added_to();
CREATE TRIGGER showingchange_is_never_emptied BEFORE TRUNCATE ON market_showingchange
    FOR EACH STATEMENT EXECUTE FUNCTION market_history_is_only_added_to();
"""
ALLOW = """
DROP TRIGGER showingchange_is_never_edited ON market_showingchange;
DROP TRIGGER showingchange_is_never_emptied ON market_showingchange;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("market", "0007_constants_are_not_looked_up"),
        ("members", "0002_exchange"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # First as shown, which costs no row its rewriting; then, for what is yet to come, as hidden.
        *(
            migrations.AddField("askchange", name, models.BooleanField(db_default=False))
            for name in ("hides_ask", "hides_cash_ask")
        ),
        *(
            migrations.AlterField("askchange", name, models.BooleanField(db_default=True))
            for name in ("hides_ask", "hides_cash_ask")
        ),
        migrations.AddField("showing", "asks_switched_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="ShowingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.BigIntegerField(
                        db_default=models.Func(models.Value("market_askchange_id_seq"), function="nextval")
                    ),
                ),
                ("at", models.DateTimeField()),
                ("hides_ask", models.BooleanField()),
                ("hides_cash_ask", models.BooleanField()),
                (
                    "company",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.company",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("company", "place"), name="one_showing_change_per_place")
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
