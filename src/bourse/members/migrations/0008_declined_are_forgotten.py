from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0007_screening_and_drafts")]

    operations = [
        migrations.AddField(
            model_name="exchange",
            name="declined_days",
            field=models.PositiveSmallIntegerField(db_default=180, default=180),
        ),
    ]
