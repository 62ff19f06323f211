"""The tables of search: how people like to look at it. What is found lies in the catalogue, not here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class TableColumns(models.Model):
    """The columns that a person wants to see in a table, in his order."""

    person = models.ForeignKey("members.Person", models.CASCADE, related_name="+")
    table = models.CharField(max_length=20)
    columns = ArrayField(models.CharField(max_length=40))
    view = models.CharField(max_length=10, default="table")  # or cards
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "table"], name="one_choice_per_person_and_table")
        ]
