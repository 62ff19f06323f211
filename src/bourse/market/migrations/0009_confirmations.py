"""When a company last confirmed its stock, and each order that changed many listings at once.

What was confirmed before this was kept is told by the files that replaced a whole stock, and by the changes
since. A company that was never reminded is spared three days, so nothing ends on the day of the upgrade.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bourse.kit.public_id

FILL = """
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO market_stockconfirmation (company_id, at)
SELECT company_id, max(confirmed_at) FROM market_upload
WHERE state = 'confirmed' AND mode = 'replace_all' AND kind <> 'restore' GROUP BY company_id;
INSERT INTO market_listingconfirmation (listing_id, at)
SELECT stock.id, stock.changed_at FROM market_listing AS stock
LEFT JOIN market_stockconfirmation AS house ON house.company_id = stock.company_id
WHERE stock.is_live AND stock.changed_at > greatest(stock.listed_at, house.at);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("market", "0008_asks_as_they_were_shown"),
        ("members", "0004_limits_of_the_house"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(default=bourse.kit.public_id.public_id, max_length=18, unique=True),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("repriced", "Repriced"),
                            ("availability", "Availability"),
                            ("delisted", "Delisted"),
                            ("listed_again", "Listed Again"),
                            ("expired", "Expired"),
                        ],
                        max_length=20,
                    ),
                ),
                ("revision", models.BigIntegerField(unique=True)),
                ("changed", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("fact_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ListingConfirmation",
            fields=[
                (
                    "listing",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="market.listing",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StockConfirmation",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="stock_confirmation",
                        serialize=False,
                        to="members.company",
                    ),
                ),
                ("at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("reminded_days", models.PositiveSmallIntegerField(null=True)),
                ("spared_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="listing",
            name="ended_because",
            field=models.CharField(
                blank=True,
                choices=[("withdrawn", "Withdrawn"), ("removed", "Removed"), ("expired", "Expired")],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="askchange",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="pastlisting",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["company", "revision"], name="stock_by_revision"),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_live", False), ("ended_because", ""), _connector="OR"),
                name="live_listing_has_not_ended",
            ),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="company",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.company"
            ),
        ),
        migrations.AddField(
            model_name="bulkchange",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act__in", ["repriced", "availability", "delisted", "listed_again", "expired"])
                ),
                name="bulk_act_is_known",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
