from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("market", "0002_history_is_only_added_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="fact_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="fingerprint",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
