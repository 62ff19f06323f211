"""Files on their way to a company's stock, and where they come from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value

from bourse.kit.public_id import public_id
from bourse.market.models.claims import Claims, claims_are_sane


class UploadState(models.TextChoices):
    WAITING = "waiting"  # a job will read it
    READING = "reading"
    ASKING = "asking"
    READY = "ready"
    CONFIRMED = "confirmed"
    ABANDONED = "abandoned"
    REFUSED = "refused"  # the file as a whole could not be read


class UploadKind(models.TextChoices):
    FILE = "file"
    PASTED = "pasted"
    FEED = "feed"
    RESTORE = "restore"


class UploadMode(models.TextChoices):
    ADD_AND_UPDATE = "add_and_update"
    REPLACE_ALL = "replace_all"


class Upload(models.Model):
    """One file on its way to a company's stock. Staged rows and questions wait here until the confirm."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+")
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    mode = models.CharField(max_length=20, choices=UploadMode.choices)
    state = models.CharField(max_length=20, choices=UploadState.choices)
    kind = models.CharField(max_length=10, default=UploadKind.FILE, db_default=UploadKind.FILE)
    restores = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    feed = models.ForeignKey("market.Feed", models.SET_NULL, null=True, related_name="+")
    content_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    content_bytes = models.BigIntegerField(default=0, db_default=0)
    stage = models.CharField(max_length=20, blank=True, db_default="")  # what the reading job is at
    stage_at = models.DateTimeField(null=True)
    rows_done = models.PositiveIntegerField(default=0, db_default=0)
    rows_total = models.PositiveIntegerField(default=0, db_default=0)
    rows_per_s = models.PositiveIntegerField(default=0, db_default=0)
    attempt = models.PositiveIntegerField(default=0, db_default=0)  # which reading of it writes beside it
    refusal = models.JSONField(
        default=dict, db_default=Value({}, models.JSONField())
    )  # of the file as a whole
    held_because = models.TextField(blank=True, db_default="")  # why a feed's upload waits for a person
    corrections = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    layout = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)
    report = models.JSONField(default=dict)  # format, columns, questions, totals, notes: see docs/inspect.md
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0, db_default=0)  # by a restore, as it is since
    fingerprint = models.CharField(max_length=64, blank=True)  # of the difference that was confirmed
    fact_id = models.BigIntegerField(null=True)  # its news, for whom it asks again after a lost answer
    revision = models.BigIntegerField(null=True)  # of the stock, from the confirm on
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_is_known"),
            models.CheckConstraint(condition=Q(mode__in=UploadMode.values), name="upload_mode_is_known"),
            models.CheckConstraint(condition=Q(kind__in=UploadKind.values), name="upload_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=UploadKind.RESTORE, restores__isnull=False)
                | (~Q(kind=UploadKind.RESTORE) & Q(restores=None)),
                name="restore_says_of_which_upload",
            ),
            models.CheckConstraint(
                condition=Q(state=UploadState.CONFIRMED, confirmed_at__isnull=False)
                | (~Q(state=UploadState.CONFIRMED) & Q(confirmed_at=None)),
                name="confirmed_upload_has_its_time",
            ),
        ]


class UploadFile(models.Model):
    """The file as it came, byte for byte: private to its company."""

    upload = models.OneToOneField(Upload, models.CASCADE, related_name="file")
    content = models.BinaryField()


class StagedRow(Claims):
    """A row as read, before the confirm; the names that its listing and stone get if they are new."""

    upload = models.ForeignKey(
        Upload, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )  # who stages holds the upload's row; see docs/decisions/0017
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    listing_public_id = models.CharField(max_length=18)
    stone_public_id = models.CharField(max_length=18)
    restores = models.ForeignKey(
        "market.Listing", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )  # the listing that a restore brings back

    class Meta:
        constraints = [
            *claims_are_sane("staged"),
            models.UniqueConstraint(fields=["upload", "sheet", "row"], name="one_staged_row_per_row"),
        ]


class RefusedRow(models.Model):
    """A row that was not taken, and why: private to its company."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    sheet = models.TextField(blank=True)
    row = models.PositiveIntegerField()
    index = models.IntegerField(default=-1, db_default=-1)
    column = models.TextField(blank=True)
    found = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    why = models.TextField()
    cure = models.TextField(blank=True)
    cells = ArrayField(models.TextField(), default=list, db_default=Value([], ArrayField(models.TextField())))


class UnreadCell(models.Model):
    """A cell of a taken row that could not be read, or only with a doubt: private to its company."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    sheet = models.TextField(blank=True)
    row = models.PositiveIntegerField()
    index = models.IntegerField()
    column = models.TextField(blank=True, db_default="")
    found = models.TextField(blank=True)
    expected = models.TextField(blank=True, db_default="")
    why = models.TextField()
    cure = models.TextField(blank=True, db_default="")
    is_doubt = models.BooleanField(default=False, db_default=False)  # read as it stands, with a warning


class SupplierLayout(models.Model):
    """What a company answered for one layout of file; the same layout asks nothing again."""

    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+")
    layout = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200, blank=True, db_default="")  # the latest of this layout
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "layout"], name="one_memory_per_company_and_layout")
        ]


class FeedKind(models.TextChoices):
    URL = "url"
    FOLDER = "folder"


class Feed(models.Model):
    """A file that a company has fetched or taken from a folder, again and again."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id)
    company = models.ForeignKey("members.Company", models.PROTECT, related_name="+")
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+")  # in whose name it runs
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=FeedKind.choices)
    address = models.TextField(blank=True)  # may hold a key, so it is private
    mode = models.CharField(max_length=20, choices=UploadMode.choices)
    every_minutes = models.PositiveIntegerField()
    is_paused = models.BooleanField(default=False)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    last_sha256 = models.CharField(max_length=64, blank=True)
    last_etag = models.TextField(blank=True)
    last_error = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)  # since the last success
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FeedKind.values), name="feed_kind_is_known"),
            models.CheckConstraint(condition=Q(mode__in=UploadMode.values), name="feed_mode_is_known"),
            models.CheckConstraint(condition=Q(every_minutes__gte=5), name="feed_rests_five_minutes"),
        ]
