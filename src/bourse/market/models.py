"""The tables of the market."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q, Value

from bourse.kit.public_id import public_id
from bourse.vocabulary.availability import Availability


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


class Claims(models.Model):
    """What a supplier says of a stone, in the vocabulary's words; "" and null mean not given.

    market.claims makes these columns of a row that was read, the two keys included, by which a company's next
    file finds the row again.
    """

    stock_key = models.CharField(max_length=80, blank=True)  # the stock number without regard to capitals
    report_key = models.CharField(
        max_length=61, blank=True
    )  # laboratory and report number, if they name a stone
    supplier_stock_number = models.CharField(max_length=60, blank=True)
    laboratory = models.CharField(max_length=20, blank=True)
    report_number = models.CharField(max_length=40, blank=True)
    growth = models.CharField(max_length=20)
    shape = models.CharField(max_length=30)
    weight_ct = models.DecimalField(max_digits=8, decimal_places=3)
    colour = models.CharField(max_length=3, blank=True)
    colour_to = models.CharField(max_length=3, blank=True)
    fancy_colour = models.CharField(max_length=60, blank=True)
    fancy_intensity = models.CharField(max_length=30, blank=True)
    fancy_overtone = models.CharField(max_length=60, blank=True)
    clarity = models.CharField(max_length=5, blank=True)
    clarity_to = models.CharField(max_length=5, blank=True)
    cut = models.CharField(max_length=25, blank=True)
    polish = models.CharField(max_length=25, blank=True)
    symmetry = models.CharField(max_length=25, blank=True)
    fluorescence = models.CharField(max_length=15, blank=True)
    fluorescence_colour = models.CharField(max_length=10, blank=True)
    length_mm = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    width_mm = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    depth_mm = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    depth_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    table_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    girdle_from = models.CharField(max_length=20, blank=True)
    girdle_to = models.CharField(max_length=20, blank=True)
    culet = models.CharField(max_length=20, blank=True)
    treatment = models.CharField(max_length=200, blank=True)
    stones = models.PositiveIntegerField(default=1)
    goods = models.CharField(max_length=10, default="single", db_default="single")
    pair_stock_number = models.CharField(max_length=60, blank=True, db_default="")
    pair_is_separable = models.BooleanField(null=True)
    country = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    city = models.CharField(max_length=100, blank=True)
    image_urls = ArrayField(models.TextField(), default=list)
    video_urls = ArrayField(models.TextField(), default=list)
    certificate_url = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    particulars = models.JSONField(default=dict)  # every other public field, by its name in the dictionary
    private = models.JSONField(default=dict)  # cost and the like: for the supplier's own people alone
    ask_cents = models.BigIntegerField(null=True)  # US cents for the whole stone or parcel; null is "no ask"
    cash_ask_cents = models.BigIntegerField(null=True)  # the same for cash; ask_cents is on memo or credit
    priced_in = models.CharField(max_length=3, blank=True, db_default="")  # "" is US dollars
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)  # US dollars for one unit of it
    rate_date = models.DateField(null=True)
    availability = models.CharField(max_length=25)

    class Meta:
        abstract = True


class Goods(models.TextChoices):
    SINGLE = "single"
    PAIR = "pair"
    PARCEL = "parcel"


def claims_are_sane(table: str) -> list[models.CheckConstraint]:
    """The rules that hold for claims wherever they stand."""
    known = [state.value for state in Availability]
    return [
        models.CheckConstraint(condition=Q(weight_ct__gt=0), name=f"{table}_weight_is_positive"),
        models.CheckConstraint(
            condition=Q(ask_cents=None) | Q(ask_cents__gt=0), name=f"{table}_ask_is_positive_or_absent"
        ),
        models.CheckConstraint(
            condition=Q(cash_ask_cents=None) | Q(cash_ask_cents__gt=0),
            name=f"{table}_cash_ask_is_positive_or_absent",
        ),
        models.CheckConstraint(
            condition=Q(priced_in="", rate=None, rate_date=None)
            | (~Q(priced_in="") & Q(rate__gt=0, rate__isnull=False, rate_date__isnull=False)),
            name=f"{table}_other_currency_has_its_rate_and_date",
        ),
        models.CheckConstraint(condition=Q(goods__in=Goods.values), name=f"{table}_goods_are_known"),
        models.CheckConstraint(condition=Q(availability__in=known), name=f"{table}_availability_is_known"),
        models.CheckConstraint(
            condition=~Q(shape="") & ~Q(growth=""), name=f"{table}_shape_and_growth_are_given"
        ),
        models.CheckConstraint(
            condition=~Q(colour="") | ~Q(fancy_colour=""), name=f"{table}_colour_or_fancy_colour_is_given"
        ),
        models.CheckConstraint(condition=Q(stones__gte=1), name=f"{table}_has_a_stone"),
        models.CheckConstraint(
            condition=Q(stock_key="", supplier_stock_number="")
            | (~Q(stock_key="") & ~Q(supplier_stock_number="")),
            name=f"{table}_stock_number_has_its_key",
        ),
    ]


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
    last_upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
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
        ]
        indexes = [
            models.Index(fields=["company", "id"], condition=Q(is_live=True), name="live_stock_of_a_company"),
            models.Index(fields=["last_upload", "id"], name="listings_by_last_upload"),
        ]


class AskChange(models.Model):
    """One entry of a listing's ask and availability history. A trigger refuses to edit or delete it."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="ask_changes")
    at = models.DateTimeField()
    person = models.ForeignKey(
        "members.Person", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    ask_cents = models.BigIntegerField(null=True)
    cash_ask_cents = models.BigIntegerField(null=True)
    availability = models.CharField(max_length=25)
    is_live = models.BooleanField(default=True)


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
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="+")  # null: changed by hand
    person = models.ForeignKey("members.Person", models.PROTECT, related_name="+", db_index=False)

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
