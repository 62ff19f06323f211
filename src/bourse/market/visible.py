"""What of a listing is seen by whom: written once, for the catalogue in SQL and for pages and API by name.

A suspended company's stock is seen by nobody else, and comes back as it was.
A company hides its name or its asks on everything (Showing), or an ask on one listing. A hidden ask is *no
ask* to others. A hidden name takes along what gives it away: stock number, place below the country, comments,
brand, inscription, and links, whose hosts bear names; times are told to the day, since to the second they
would tie the stones of one upload together. What no table here names is seen by its own company alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

from bourse.market.models import Listing, Media, MediaKind
from bourse.market.policy import Viewer
from bourse.members.public_fields import ALWAYS_PUBLIC, PublicField

SUPPLIER = "supplier"  # the company's name and public id: no column of the claims
ASKS = frozenset({"ask_cents", "cash_ask_cents", "priced_in", "rate", "rate_date"})
_NAMING_PARTICULARS = frozenset({"brand", "inscription", "trade_show"})
NAMING = _NAMING_PARTICULARS | {
    SUPPLIER,
    "supplier_stock_number",
    "pair_stock_number",
    "state",
    "city",
    "image_urls",
    "video_urls",
    "certificate_url",
    "comment",
}
"""What says, or may say, who the supplier is; a laboratory's comments and key to symbols do not."""

OF_PUBLIC_FIELD: Mapping[PublicField, frozenset[str]] = {
    PublicField.SHAPE: frozenset({"shape"}),
    PublicField.WEIGHT: frozenset({"weight_ct"}),
    PublicField.GROWTH: frozenset({"growth"}),
    PublicField.COLOUR: frozenset(
        {"colour", "colour_to", "fancy_colour", "fancy_intensity", "fancy_overtone"}
    ),
    PublicField.CLARITY: frozenset({"clarity", "clarity_to"}),
    PublicField.CUT: frozenset({"cut"}),
    PublicField.POLISH: frozenset({"polish"}),
    PublicField.SYMMETRY: frozenset({"symmetry"}),
    PublicField.FLUORESCENCE: frozenset({"fluorescence", "fluorescence_colour"}),
    PublicField.TREATMENT: frozenset({"treatment", "treated_color"}),
    PublicField.LABORATORY: frozenset({"laboratory"}),
    PublicField.REPORT_NUMBER: frozenset({"report_number"}),
    PublicField.MEASUREMENTS: frozenset({"length_mm", "width_mm", "depth_mm", "measurements", "ratio"}),
    PublicField.PROPORTIONS: frozenset(
        {
            "depth_percent",
            "table_percent",
            "girdle_from",
            "girdle_to",
            "culet",
            "girdle_pct",
            "girdle_condition",
            "culet_condition",
            "crown_height",
            "crown_angle",
            "crown_raw",
            "pavilion_depth",
            "pavilion_angle",
            "pavilion_raw",
            "star_length",
            "lower_half",
        }
    ),
    PublicField.INCLUSIONS: frozenset(
        {
            "eye_clean",
            "shade",
            "milky",
            "black_inclusion",
            "white_inclusion",
            "open_inclusion",
            "graining",
            "key_to_symbols",
        }
    ),
    PublicField.GOODS: frozenset({"goods", "stones", "pair_is_separable"}),
    PublicField.COUNTRY: frozenset({"country"}),
    PublicField.AVAILABILITY: frozenset({"availability"}),
    PublicField.ASK: ASKS,
    PublicField.SUPPLIER: frozenset({SUPPLIER}),
}
"""Which columns and particulars a public field stands for."""

_OF_MEMBERS = frozenset(
    {
        "cert_comment",
        "hearts_and_arrows",
        "mine_of_origin",
        "provenance_number",
        "provenance_report",
        "report_date",
        "report_location",
        "report_type",
        "size_range",
        "time_to_location",
    }
)
"""What members see besides, and no visitor ever."""

MEMBERS_SEE = frozenset().union(*OF_PUBLIC_FIELD.values()) | NAMING | _OF_MEMBERS


def fields(
    viewer: Viewer, public: Collection[PublicField] = (), *, hides_name: bool = False
) -> frozenset[str]:
    """The columns and particulars that somebody of another company sees; a hidden ask goes on top of that.

    `public` is what the operator shows to visitors. The own company sees everything and needs no list.
    """
    if viewer is Viewer.VISITOR:
        seen = frozenset().union(*(OF_PUBLIC_FIELD[field] for field in ALWAYS_PUBLIC.union(public)))
    else:
        seen = MEMBERS_SEE
    is_unnamed = hides_name and viewer is not Viewer.OPERATOR
    return seen - NAMING if is_unnamed else seen


IS_SUSPENDED = Q(company__suspended_at__isnull=False)
HIDES_NAME = Q(company__showing__hides_name=True)
HIDES_ASK = Q(hides_ask=True) | Q(company__showing__hides_ask=True)
HIDES_CASH_ASK = Q(hides_cash_ask=True) | Q(company__showing__hides_cash_ask=True)


def _unless(hidden: Q, shown: str | Combinable, otherwise: object) -> Case:
    then = otherwise if isinstance(otherwise, Value | Func) else Value(otherwise)
    return Case(When(hidden, then=then), default=F(shown) if isinstance(shown, str) else shown)


def day_of(at: datetime) -> datetime:
    """The beginning of its day, in UTC: as a time is told of a listing whose supplier is not named."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _to_the_day(at: str | Combinable) -> Case:
    """A time as day_of has it where the name is hidden."""
    day = Func(Value("day"), at, Value("UTC"), function="date_trunc", output_field=DateTimeField())
    return _unless(HIDES_NAME, at, day)


def _kept(kind: MediaKind) -> Exists:
    """Whether the house keeps a picture, certificate or film of the stone for the listing's company."""
    return Exists(Media.objects.filter(company=OuterRef("company"), stone=OuterRef("stone"), kind=kind))


def _true(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _without_naming() -> Func:
    """The particulars but those that name the supplier."""
    names = Value(sorted(_NAMING_PARTICULARS), ArrayField(TextField()))
    return Func(
        F("particulars"), names, template="%(expressions)s", arg_joiner=" - ", output_field=JSONField()
    )


CONFIRMED_AT = Greatest("listed_at", "confirmation__at", "company__stock_confirmation__at")
_MEMO = _unless(HIDES_ASK, "ask_cents", None)
_CASH = _unless(HIDES_CASH_ASK, "cash_ask_cents", None)
SHOWN: Mapping[str, Combinable] = {
    "is_live": _unless(IS_SUSPENDED, "is_live", False),
    "ask_cents": Coalesce(_MEMO, _CASH),  # the one that is searched and counted
    "memo_ask_cents": _MEMO,
    "cash_ask_cents": _CASH,
    "listed_at": _to_the_day("listed_at"),
    "confirmed_at": _to_the_day(CONFIRMED_AT),
    # A hidden ask that moves must not be seen to move, nor to have moved once it is shown again.
    "changed_at": _to_the_day(
        Case(
            When(HIDES_ASK | HIDES_CASH_ASK, then=F("listed_at")),
            default=Greatest("changed_at", "company__showing__asks_switched_at"),
        )
    ),
    "hides_name": _unless(HIDES_NAME, Value(False), True),
    "hides_ask": _unless(HIDES_ASK, Value(False), True),
    "hides_cash_ask": _unless(HIDES_CASH_ASK, Value(False), True),
    "company_name": _unless(HIDES_NAME, "company__name", ""),
    "company_public_id": _unless(HIDES_NAME, "company__public_id", ""),
    "supplier_stock_number": _unless(HIDES_NAME, "supplier_stock_number", ""),
    "pair_stock_number": _unless(HIDES_NAME, "pair_stock_number", ""),
    "state": _unless(HIDES_NAME, "state", ""),
    "city": _unless(HIDES_NAME, "city", ""),
    "comment": _unless(HIDES_NAME, "comment", Value("", TextField())),
    "particulars": _unless(HIDES_NAME, "particulars", _without_naming()),
    "has_image": _unless(HIDES_NAME, _true(~Q(image_urls=[]) | Q(_kept(MediaKind.PICTURE))), False),
    "has_video": _unless(HIDES_NAME, _true(~Q(video_urls=[]) | Q(_kept(MediaKind.FILM))), False),
    "has_certificate": _unless(
        HIDES_NAME, _true(~Q(certificate_url="") | Q(_kept(MediaKind.CERTIFICATE))), False
    ),
}
"""Columns of a listing as another member sees them, by the name under which they are asked for."""


def shown(listings: QuerySet[Listing], *names: str) -> QuerySet[Listing]:
    """The listings with these columns as others see them, where they can be hidden (without names: all)."""
    return listings.annotate(**{column(name): SHOWN[name] for name in names or SHOWN if name in SHOWN})


def column(name: str) -> str:
    """What to select for a column as others see it: the annotation of `shown`, or the column itself."""
    return f"shown_{name}" if name in SHOWN else name
