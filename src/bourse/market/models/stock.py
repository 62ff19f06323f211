"""Stones, what companies offer of them, what became of it, and what a company keeps from the others."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func, Q, Value

from bourse.kit.public_id import public_id
from bourse.market.models.claims import Claims, claims_are_sane


class Stone(models.Model):
    """A physical stone: laboratory and report number, or one company's own stone without a report."""

    public_id = models.CharField(max_length=18, default=public_id)
    laboratory = models.CharField(max_length=20, blank=True)
    report_number = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey("members.Company", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="one_stone_per_public_id"),
            models.UniqueConstraint(
                fields=["laboratory", "report_number"],
                condition=~Q(report_number=""),
                name="one_stone_per_laboratory_and_report_number",
            ),
            models.CheckConstraint(
                condition=Q(report_number="", laboratory="", owner__isnull=False)
                | (~Q(report_number="") & ~Q(laboratory="") & Q(owner=None)),
                name="stone_has_a_report_or_an_owner",
            ),
        ]


class Ending(models.TextChoices):
    WITHDRAWN = "withdrawn"  # by a person
    REMOVED = "removed"  # by a file of the whole stock
    EXPIRED = "expired"  # nobody confirmed it


class Listing(Claims):
    """A company's offer of a stone, with that company's own claims."""

    public_id = models.CharField(max_length=18, default=public_id)
    company = models.ForeignKey(
        "members.Company", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    stone = models.ForeignKey(Stone, models.PROTECT, related_name="listings")
    is_live = models.BooleanField(default=True)
    hides_ask = models.BooleanField(default=False, db_default=False)  # by hand, never by file
    hides_cash_ask = models.BooleanField(default=False, db_default=False)
    revision = models.BigIntegerField(db_default=Func(Value("market_revision"), function="nextval"))
    listed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(
        max_length=10, choices=Ending.choices, blank=True, db_default=""
    )  # "": live, or ended before this was kept
    last_upload = models.ForeignKey(
        "market.Upload", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            *claims_are_sane("listing"),
            models.UniqueConstraint(fields=["public_id"], name="one_listing_per_public_id"),
            models.UniqueConstraint(
                fields=["stone", "company"],
                condition=Q(is_live=True),
                name="one_live_listing_per_stone_and_company",
            ),
            models.UniqueConstraint(
                fields=["company", "stock_key"],
                condition=Q(is_live=True) & ~Q(stock_key=""),
                name="one_live_listing_per_stock_number_and_company",
            ),
            models.CheckConstraint(
                condition=Q(is_live=True, ended_at=None) | Q(is_live=False, ended_at__isnull=False),
                name="ended_listing_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(is_live=False) | Q(ended_because=""), name="live_listing_has_not_ended"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "revision"], name="stock_by_revision"),
            models.Index(fields=["company", "id"], condition=Q(is_live=True), name="live_stock_of_a_company"),
            models.Index(fields=["last_upload", "id"], name="listings_by_last_upload"),
        ]


class AskChange(models.Model):
    """One entry of a listing's ask and availability history. A trigger refuses to edit or delete it.

    It says what the listing hid when it was written; what the company hid is in ShowingChange.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="ask_changes")
    at = models.DateTimeField()
    person = models.ForeignKey(
        "members.Person", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )  # null: the house itself, which ends what nobody confirms
    upload = models.ForeignKey(
        "market.Upload", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    ask_cents = models.BigIntegerField(null=True)
    cash_ask_cents = models.BigIntegerField(null=True)
    availability = models.CharField(max_length=25)
    is_live = models.BooleanField(default=True)
    hides_ask = models.BooleanField(db_default=True)  # what nobody says to be shown is not
    hides_cash_ask = models.BooleanField(db_default=True)

    class Meta:
        indexes = [
            BrinIndex(fields=["at"], name="ask_changes_by_time", pages_per_range=16, autosummarize=True)
        ]


class PastListing(Claims):
    """What a listing was until a change. A trigger refuses to edit or delete it.

    Revisions come from one sequence, drawn under the locks of the stock, so that the stock as of any revision
    is the listings and past listings whose span holds it.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="past")
    stone = models.ForeignKey(Stone, models.PROTECT, related_name="+", db_index=False)
    is_live = models.BooleanField()
    revision = models.BigIntegerField()  # since which it was so
    until_revision = models.BigIntegerField()
    until = models.DateTimeField()
    upload = models.ForeignKey(
        "market.Upload", models.PROTECT, null=True, related_name="+"
    )  # null: changed by hand, or by the house
    person = models.ForeignKey(
        "members.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )  # null: the house itself

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_revision__gt=models.F("revision")), name="past_listing_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["listing", "until_revision"], name="one_past_listing_per_listing_and_revision"
            ),
        ]


class Showing(models.Model):
    """What a company keeps from the others on all its listings; a listing may hide more, never less."""

    company = models.OneToOneField("members.Company", models.PROTECT, related_name="showing")
    hides_name = models.BooleanField(default=False)
    hides_ask = models.BooleanField(default=False)
    hides_cash_ask = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    asks_switched_at = models.DateTimeField(
        null=True
    )  # when an ask was last hidden or shown for all listings


class ShowingChange(models.Model):
    """A company hid or showed its asks on all its listings. A trigger refuses to edit or delete it.

    Its place is drawn where the keys of AskChange come from, alone with the company's stock, so that each
    entry of the ask history was written before it or after it. One row stands for all the listings.
    """

    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+", db_index=False)
    place = models.BigIntegerField(db_default=Func(Value("market_askchange_id_seq"), function="nextval"))
    at = models.DateTimeField()
    person = models.ForeignKey(
        "members.Person", models.PROTECT, null=True, related_name="+", db_index=False
    )  # null: since before this was kept
    hides_ask = models.BooleanField()
    hides_cash_ask = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "place"], name="one_showing_change_per_place")
        ]
