"""What a company keeps with the house of its stones, and what was found at the links that it gave."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5

from bourse.kit.public_id import public_id


class MediaKind(models.TextChoices):
    PICTURE = "picture"
    CERTIFICATE = "certificate"
    FILM = "film"


class Media(models.Model):
    """A picture or a certificate that a company sent of a stone, or a film that it linked by hand.

    It is of the company's stone and not of one listing, so a stone offered again has it still.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+", db_index=False)
    stone = models.ForeignKey("market.Stone", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=11, choices=MediaKind.choices)
    content = models.BinaryField(default=bytes)
    thumbnail = models.BinaryField(default=bytes)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size_bytes = models.PositiveIntegerField(default=0)
    sent_sha256 = models.CharField(max_length=64, blank=True)  # of the file as it came; "" for a film
    address = models.TextField(blank=True)  # of a film
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MediaKind.values), name="media_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(kind="film", size_bytes=0) & ~Q(address="")
                | ~Q(kind="film") & Q(address="", size_bytes__gt=0),
                name="media_is_a_file_or_an_address",
            ),
            models.UniqueConstraint(
                fields=["company", "stone", "kind", "sent_sha256", "address"],
                name="one_media_per_stone_and_file",
            ),
            models.UniqueConstraint(
                fields=["company", "stone"],
                condition=Q(kind="certificate"),
                name="one_certificate_per_stone_and_company",
            ),
        ]


class LinkState(models.TextChoices):
    WAITING = "waiting"  # nobody has looked yet
    FOUND = "found"
    FAILING = "failing"  # nothing was there, and it is looked for again before it counts as dead
    DEAD = "dead"
    NOT_CHECKED = "not_checked"  # it is not for us to open: http, a password, a server that bars programs


class LinkCheck(models.Model):
    """A link of a listing and what was found there last."""

    listing = models.ForeignKey("market.Listing", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=11, choices=MediaKind.choices)
    address = models.TextField()
    host = models.CharField(max_length=253)
    state = models.CharField(max_length=11, choices=LinkState.choices, default=LinkState.WAITING)
    why = models.TextField(blank=True, db_default="")
    failures = models.PositiveSmallIntegerField(db_default=0)  # in a row
    failing_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("listing"), MD5("address"), name="one_check_per_listing_and_link"),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="link_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=("failing", "dead"), failing_since__isnull=False)
                | ~Q(state__in=("failing", "dead")) & Q(failing_since=None),
                name="failing_link_has_failed_since_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["listing"], condition=Q(state="dead"), name="listings_with_dead_links"),
            models.Index(fields=["host", "next_at"], name="links_to_look_at"),
        ]


class LinkWatch(models.Model):
    """Up to which change of a company's stock its links are known."""

    company = models.OneToOneField("members.Company", models.PROTECT, primary_key=True, related_name="+")
    revision = models.BigIntegerField()
    listing_key = models.BigIntegerField()  # of those with this revision
