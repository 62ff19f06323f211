"""The tables of search: how people like to look at it. What is found lies in the catalogue, not here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from bourse.kit.public_id import public_id


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


class StockView(models.Model):
    """A part of his company's stock that a person looks at again and again, under a name of his own."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    person = models.ForeignKey("members.Person", models.CASCADE, related_name="+")
    company = models.ForeignKey("members.Company", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "company", "name"], name="one_stock_view_per_person_company_and_name"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_stock_view_has_a_name"),
        ]
