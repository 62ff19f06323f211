"""How the operator has set the house."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Exchange(models.Model):
    """How the operator has set the house: its name, its look, and what a visitor sees of a stone. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=60, default="Bourse")
    logo = models.BinaryField(null=True)
    logo_type = models.CharField(max_length=40, blank=True)
    colours = models.JSONField(default=dict)  # role of the palette → "#rrggbb"
    public_fields = ArrayField(models.CharField(max_length=40), null=True)  # null: the house's own choice
    listing_days = models.PositiveSmallIntegerField(default=14, db_default=14)  # a listing ends unconfirmed
    search_depth_rows = models.PositiveIntegerField(default=10_000, db_default=10_000)
    export_rows_a_day = models.PositiveIntegerField(default=10_000, db_default=10_000)
    declined_days = models.PositiveSmallIntegerField(default=180, db_default=180)  # then applicants go
    needs_second_factor = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("members.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_exchange")]
