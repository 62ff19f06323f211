"""What moved since a time is found among the newest entries of the ask history, however long it is."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("market", "0009_confirmations")]

    operations = [
        migrations.AddIndex(
            model_name="askchange",
            index=BrinIndex(
                fields=["at"], name="ask_changes_by_time", pages_per_range=16, autosummarize=True
            ),
        )
    ]
