"""A firm that asks to become a member: what it says, what the operator notes, what a screening finds."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from bourse.kit.public_id import public_id
from bourse.members.models.companies import Company
from bourse.members.models.people import Person

STATES = ("new", "more wanted", "answered", "accepted", "declined", "withdrawn")
NOTES = ("note", "request", "answer", "decision")
DECISIONS = ("", "another", "the same")


class Application(models.Model):
    """What a firm says of itself in order to be admitted, and what became of it."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    secret_hash = models.CharField(
        max_length=64, unique=True
    )  # of the link by which the applicant comes back
    state = models.CharField(max_length=12, default="new")
    company_name = models.CharField(max_length=200)
    legal_name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=300)
    city = models.CharField(max_length=100)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)
    nature = models.CharField(max_length=40)
    size = models.CharField(max_length=20)
    trades = ArrayField(models.CharField(max_length=40), default=list)
    buys = models.BooleanField()
    sells = models.BooleanField()
    registration_number = models.CharField(max_length=60)
    website = models.CharField(max_length=200, blank=True)
    bank_reference = models.TextField(max_length=1000)
    trade_references = models.TextField(max_length=2000)
    associations = ArrayField(models.CharField(max_length=100), default=list)
    person_name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    telephone = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, db_default=1)  # of what a decision was taken on
    screened_against = ArrayField(models.BigIntegerField(), null=True)  # lists; None: not compared yet
    company = models.OneToOneField(Company, models.PROTECT, null=True, related_name="application")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="application_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=("accepted", "declined"), decided_at__isnull=False)
                | ~Q(state__in=("accepted", "declined")) & Q(decided_at=None),
                name="application_is_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(company=None), name="only_the_accepted_is_a_company"
            ),
        ]


class ApplicationDocument(models.Model):
    """A paper that came with an application, or waits for a form that was not right yet."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    application = models.ForeignKey(Application, models.CASCADE, null=True, related_name="documents")
    draft_hash = models.CharField(max_length=64, blank=True, default="", db_default="")  # of its form's word
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField(default=0, db_default=0)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(application=None) & ~Q(draft_hash="")
                | Q(application__isnull=False, draft_hash=""),
                name="document_is_of_an_application_or_a_draft",
            )
        ]
        indexes = [
            models.Index(fields=["draft_hash"], condition=Q(application=None), name="documents_of_drafts")
        ]


class ApplicationNote(models.Model):
    """A line of an application's record: the operator's own note, a request, its answer, the decision."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10)
    text = models.TextField(max_length=4000)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: the applicant
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=NOTES), name="note_is_of_a_known_kind")]


class ScreeningList(models.Model):
    """A list of sanctioned names as it was loaded from a file."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    name = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)
    entry_count = models.PositiveIntegerField(default=0, db_default=0)
    compared_at = models.DateTimeField(null=True)  # with every applicant and member

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=Q(replaced_at=None), name="one_list_in_force_per_name"
            )
        ]


class ScreeningEntry(models.Model):
    """One name of a list, with the other names that it gives."""

    listed_in = models.ForeignKey(ScreeningList, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    also = ArrayField(models.CharField(max_length=500), default=list)
    kind = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=100, blank=True)
    programme = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=100, blank=True)


class ScreeningHit(models.Model):
    """That a name of ours is like one on a list, how much, and what the operator decided."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="hits")
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="hits")
    entry = models.ForeignKey(ScreeningEntry, models.PROTECT, related_name="+")
    name = models.CharField(max_length=500)  # ours
    listed_name = models.CharField(max_length=500)  # theirs, the likest
    score = models.DecimalField(max_digits=4, decimal_places=3)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True, default="")
    why = models.TextField(max_length=1000, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=DECISIONS), name="screening_decision_is_known"),
            models.CheckConstraint(
                condition=Q(application__isnull=False, company=None)
                | Q(application=None, company__isnull=False),
                name="screening_is_of_an_applicant_or_a_member",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="score_is_a_share"),
            models.UniqueConstraint(
                fields=["application", "entry", "name"],
                condition=Q(company=None),
                name="one_hit_per_applicant",
            ),
            models.UniqueConstraint(
                fields=["company", "entry", "name"],
                condition=Q(application=None),
                name="one_hit_per_member",
            ),
        ]
