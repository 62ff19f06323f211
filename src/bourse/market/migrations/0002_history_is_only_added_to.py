"""The ask history refuses to be edited, deleted or emptied, whoever asks and from wherever."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION market_history_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ask history is only added to: % refused.', TG_OP;
END
$$;
CREATE TRIGGER askchange_is_never_edited BEFORE UPDATE OR DELETE ON market_askchange
    FOR EACH ROW EXECUTE FUNCTION market_history_is_only_added_to();
CREATE TRIGGER askchange_is_never_emptied BEFORE TRUNCATE ON market_askchange
    FOR EACH STATEMENT EXECUTE FUNCTION market_history_is_only_added_to();
"""
ALLOW = """
DROP TRIGGER askchange_is_never_edited ON market_askchange;
DROP TRIGGER askchange_is_never_emptied ON market_askchange;
DROP FUNCTION market_history_is_only_added_to();
"""


class Migration(migrations.Migration):
    dependencies = [("market", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
