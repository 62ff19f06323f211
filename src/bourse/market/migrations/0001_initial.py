import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bourse.kit.public_id


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Stone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(default=bourse.kit.public_id.public_id, max_length=18)),
                ("laboratory", models.CharField(blank=True, max_length=20)),
                ("report_number", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.company",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SupplierLayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("layout", models.CharField(max_length=64)),
                ("answers", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField()),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
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
                ("file_name", models.CharField(max_length=200)),
                (
                    "mode",
                    models.CharField(
                        choices=[("add_and_update", "Add And Update"), ("replace_all", "Replace All")],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Reading"),
                            ("asking", "Asking"),
                            ("ready", "Ready"),
                            ("confirmed", "Confirmed"),
                            ("abandoned", "Abandoned"),
                        ],
                        max_length=20,
                    ),
                ),
                ("layout", models.CharField(blank=True, max_length=64)),
                ("answers", models.JSONField(default=dict)),
                ("report", models.JSONField(default=dict)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("removed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("fact_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.company"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnreadCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.TextField(blank=True)),
                ("row", models.PositiveIntegerField()),
                ("index", models.IntegerField()),
                ("found", models.TextField(blank=True)),
                ("why", models.TextField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="market.upload"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stock_key", models.CharField(blank=True, max_length=80)),
                ("report_key", models.CharField(blank=True, max_length=61)),
                ("supplier_stock_number", models.CharField(blank=True, max_length=60)),
                ("laboratory", models.CharField(blank=True, max_length=20)),
                ("report_number", models.CharField(blank=True, max_length=40)),
                ("growth", models.CharField(max_length=20)),
                ("shape", models.CharField(max_length=30)),
                ("weight_ct", models.DecimalField(decimal_places=3, max_digits=8)),
                ("colour", models.CharField(blank=True, max_length=3)),
                ("colour_to", models.CharField(blank=True, max_length=3)),
                ("fancy_colour", models.CharField(blank=True, max_length=60)),
                ("fancy_intensity", models.CharField(blank=True, max_length=30)),
                ("fancy_overtone", models.CharField(blank=True, max_length=60)),
                ("clarity", models.CharField(blank=True, max_length=5)),
                ("clarity_to", models.CharField(blank=True, max_length=5)),
                ("cut", models.CharField(blank=True, max_length=25)),
                ("polish", models.CharField(blank=True, max_length=25)),
                ("symmetry", models.CharField(blank=True, max_length=25)),
                ("fluorescence", models.CharField(blank=True, max_length=15)),
                ("fluorescence_colour", models.CharField(blank=True, max_length=10)),
                ("length_mm", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("width_mm", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("depth_mm", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("depth_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("table_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("girdle_from", models.CharField(blank=True, max_length=20)),
                ("girdle_to", models.CharField(blank=True, max_length=20)),
                ("culet", models.CharField(blank=True, max_length=20)),
                ("treatment", models.CharField(blank=True, max_length=200)),
                ("stones", models.PositiveIntegerField(default=1)),
                ("country", models.CharField(blank=True, max_length=100)),
                ("state", models.CharField(blank=True, max_length=100)),
                ("city", models.CharField(blank=True, max_length=100)),
                (
                    "image_urls",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "video_urls",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("certificate_url", models.TextField(blank=True)),
                ("comment", models.TextField(blank=True)),
                ("particulars", models.JSONField(default=dict)),
                ("private", models.JSONField(default=dict)),
                ("ask_cents", models.BigIntegerField(null=True)),
                ("availability", models.CharField(max_length=25)),
                ("sheet", models.CharField(blank=True, max_length=100)),
                ("row", models.PositiveIntegerField()),
                ("listing_public_id", models.CharField(max_length=18)),
                ("stone_public_id", models.CharField(max_length=18)),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="market.upload",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.TextField(blank=True)),
                ("row", models.PositiveIntegerField()),
                ("column", models.TextField(blank=True)),
                ("found", models.TextField(blank=True)),
                ("expected", models.TextField(blank=True)),
                ("why", models.TextField()),
                ("cure", models.TextField(blank=True)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="market.upload"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stock_key", models.CharField(blank=True, max_length=80)),
                ("report_key", models.CharField(blank=True, max_length=61)),
                ("supplier_stock_number", models.CharField(blank=True, max_length=60)),
                ("laboratory", models.CharField(blank=True, max_length=20)),
                ("report_number", models.CharField(blank=True, max_length=40)),
                ("growth", models.CharField(max_length=20)),
                ("shape", models.CharField(max_length=30)),
                ("weight_ct", models.DecimalField(decimal_places=3, max_digits=8)),
                ("colour", models.CharField(blank=True, max_length=3)),
                ("colour_to", models.CharField(blank=True, max_length=3)),
                ("fancy_colour", models.CharField(blank=True, max_length=60)),
                ("fancy_intensity", models.CharField(blank=True, max_length=30)),
                ("fancy_overtone", models.CharField(blank=True, max_length=60)),
                ("clarity", models.CharField(blank=True, max_length=5)),
                ("clarity_to", models.CharField(blank=True, max_length=5)),
                ("cut", models.CharField(blank=True, max_length=25)),
                ("polish", models.CharField(blank=True, max_length=25)),
                ("symmetry", models.CharField(blank=True, max_length=25)),
                ("fluorescence", models.CharField(blank=True, max_length=15)),
                ("fluorescence_colour", models.CharField(blank=True, max_length=10)),
                ("length_mm", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("width_mm", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("depth_mm", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("depth_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("table_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ("girdle_from", models.CharField(blank=True, max_length=20)),
                ("girdle_to", models.CharField(blank=True, max_length=20)),
                ("culet", models.CharField(blank=True, max_length=20)),
                ("treatment", models.CharField(blank=True, max_length=200)),
                ("stones", models.PositiveIntegerField(default=1)),
                ("country", models.CharField(blank=True, max_length=100)),
                ("state", models.CharField(blank=True, max_length=100)),
                ("city", models.CharField(blank=True, max_length=100)),
                (
                    "image_urls",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "video_urls",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("certificate_url", models.TextField(blank=True)),
                ("comment", models.TextField(blank=True)),
                ("particulars", models.JSONField(default=dict)),
                ("private", models.JSONField(default=dict)),
                ("ask_cents", models.BigIntegerField(null=True)),
                ("availability", models.CharField(max_length=25)),
                ("public_id", models.CharField(default=bourse.kit.public_id.public_id, max_length=18)),
                ("is_live", models.BooleanField(default=True)),
                ("listed_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "stone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="market.stone",
                    ),
                ),
                (
                    "last_upload",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="market.upload",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AskChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("ask_cents", models.BigIntegerField(null=True)),
                ("availability", models.CharField(max_length=25)),
                ("is_live", models.BooleanField(default=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ask_changes",
                        to="market.listing",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="market.upload",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UploadFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.BinaryField()),
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="file", to="market.upload"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="stone",
            constraint=models.UniqueConstraint(fields=("public_id",), name="one_stone_per_public_id"),
        ),
        migrations.AddConstraint(
            model_name="stone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("report_number", ""), _negated=True),
                fields=("laboratory", "report_number"),
                name="one_stone_per_laboratory_and_report_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="stone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("laboratory", ""), ("owner__isnull", False), ("report_number", "")),
                    models.Q(
                        models.Q(("report_number", ""), _negated=True),
                        models.Q(("laboratory", ""), _negated=True),
                        ("owner", None),
                    ),
                    _connector="OR",
                ),
                name="stone_has_a_report_or_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierlayout",
            constraint=models.UniqueConstraint(
                fields=("company", "layout"), name="one_memory_per_company_and_layout"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["reading", "asking", "ready", "confirmed", "abandoned"])),
                name="upload_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["add_and_update", "replace_all"])),
                name="upload_mode_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("state", "confirmed")),
                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("confirmed_at", None)),
                    _connector="OR",
                ),
                name="confirmed_upload_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight_ct__gt", 0)), name="staged_weight_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask_cents", None), ("ask_cents__gt", 0), _connector="OR"),
                name="staged_ask_is_positive_or_absent",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "availability__in",
                        ["Guaranteed available", "On memo", "Subject to prior sale", "Not available"],
                    )
                ),
                name="staged_availability_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shape", ""), _negated=True), models.Q(("growth", ""), _negated=True)
                ),
                name="staged_shape_and_growth_are_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("colour", ""), _negated=True),
                    models.Q(("fancy_colour", ""), _negated=True),
                    _connector="OR",
                ),
                name="staged_colour_or_fancy_colour_is_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("stones__gte", 1)), name="staged_has_a_stone"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stock_key", ""), ("supplier_stock_number", "")),
                    models.Q(
                        models.Q(("stock_key", ""), _negated=True),
                        models.Q(("supplier_stock_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="staged_stock_number_has_its_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.UniqueConstraint(
                fields=("upload", "sheet", "row"), name="one_staged_row_per_row"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("is_live", True)),
                fields=["company", "id"],
                name="live_stock_of_a_company",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["last_upload", "id"], name="listings_by_last_upload"),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight_ct__gt", 0)), name="listing_weight_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask_cents", None), ("ask_cents__gt", 0), _connector="OR"),
                name="listing_ask_is_positive_or_absent",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "availability__in",
                        ["Guaranteed available", "On memo", "Subject to prior sale", "Not available"],
                    )
                ),
                name="listing_availability_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("shape", ""), _negated=True), models.Q(("growth", ""), _negated=True)
                ),
                name="listing_shape_and_growth_are_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("colour", ""), _negated=True),
                    models.Q(("fancy_colour", ""), _negated=True),
                    _connector="OR",
                ),
                name="listing_colour_or_fancy_colour_is_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(("stones__gte", 1)), name="listing_has_a_stone"
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stock_key", ""), ("supplier_stock_number", "")),
                    models.Q(
                        models.Q(("stock_key", ""), _negated=True),
                        models.Q(("supplier_stock_number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="listing_stock_number_has_its_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(fields=("public_id",), name="one_listing_per_public_id"),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True)),
                fields=("stone", "company"),
                name="one_live_listing_per_stone_and_company",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_live", True), models.Q(("stock_key", ""), _negated=True)),
                fields=("company", "stock_key"),
                name="one_live_listing_per_stock_number_and_company",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("is_live", True)),
                    models.Q(("ended_at__isnull", False), ("is_live", False)),
                    _connector="OR",
                ),
                name="ended_listing_has_its_time",
            ),
        ),
    ]
