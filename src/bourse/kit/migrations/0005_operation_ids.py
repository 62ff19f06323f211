from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0004_audit")]

    operations = [
        migrations.CreateModel(
            name="OperationId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("company_id", models.BigIntegerField()),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.JSONField(default=dict)),
                ("body", models.BinaryField(default=b"")),
                ("is_final", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company_id", "key"), name="one_operation_per_company_and_id"
                    )
                ],
                "indexes": [
                    models.Index(fields=["at"], name="operation_ids_by_age"),
                    models.Index(fields=["company_id", "-id"], name="operation_ids_of_a_company"),
                ],
            },
        ),
    ]
