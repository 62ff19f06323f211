"""The tables of search: how people like to look at it. What is found lies in the catalogue, not here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from bourse.kit.public_id import public_id
from bourse.search.states import Alert


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


class SavedSearch(models.Model):
    """What a person looks for again and again: of the stones that come or change he hears as he chose."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    person = models.ForeignKey("members.Person", models.CASCADE, related_name="+")
    company = models.ForeignKey("members.Company", models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    alert = models.CharField(max_length=10, default=Alert.DAILY.value)
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="one_saved_search_per_person_and_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_saved_search_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(alert__in=[alert.value for alert in Alert]),
                name="a_saved_search_alerts_in_a_known_way",
            ),
        ]


class SearchHit(models.Model):
    """A stone that a saved search found, and its person has not looked at since."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    listing = models.ForeignKey("market.Listing", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    is_told = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "listing"], name="one_hit_per_search_and_listing")
        ]
        indexes = [models.Index(fields=["search"], condition=models.Q(is_told=False), name="hits_to_tell_of")]
