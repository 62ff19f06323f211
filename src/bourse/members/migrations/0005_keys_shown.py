from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0004_limits_of_the_house")]

    operations = [
        migrations.AddField("apikey", "last_four", models.CharField(db_default="", default="", max_length=4)),
        migrations.RemoveIndex("apirequest", "requests_of_a_company"),
        migrations.AddIndex(
            "apirequest", models.Index(fields=["company", "-id"], name="requests_of_a_company")
        ),
        migrations.AddIndex("apirequest", models.Index(fields=["at"], name="requests_by_age")),
    ]
