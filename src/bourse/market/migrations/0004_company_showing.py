import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A company leads to its showing; no column changes."""

    dependencies = [("market", "0003_whole_stock"), ("members", "0002_exchange")]

    operations = [
        migrations.AlterField(
            model_name="showing",
            name="company",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="showing", to="members.company"
            ),
        )
    ]
