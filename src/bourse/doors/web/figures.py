"""Numbers and dates as the pages print them. Templates get finished strings; `<data value>` gets `exact`."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

MINUS = "\u2212"


def count(number: int) -> str:
    """A whole number with its thousands apart: 20,018."""
    return _formatted(number, None, get_language())


def brief(number: int) -> str:
    """A count where there is room for four signs: 995, 1.3k, 12k; its label says it in full."""
    if number < 1000:
        return count(number)
    return gettext("%(thousands)sk") % {"thousands": decimal(number / 1000, 1 if number < 9950 else 0)}


def decimal(number: Decimal | float | int, places: int) -> str:
    """A number with fixed places and a true minus sign."""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return _formatted(rounded, places, get_language())


@lru_cache(maxsize=50_000)  # a page of search prints a thousand numbers, mostly the same as the page before
def _formatted(number: Decimal | int, places: int | None, language: str | None) -> str:
    return number_format(number, places, use_l10n=True, force_grouping=True).replace("-", MINUS)


def carats(weight: Decimal | float) -> str:
    """A weight as the trade writes it, without its unit: two decimals, a third where the claim has one."""
    exact_weight = Decimal(str(weight))
    has_points = exact_weight == exact_weight.quantize(Decimal("0.01"))
    return decimal(exact_weight, 2 if has_points else 3)


def whole_dollars(cents: int) -> str:
    """Dollars for a table's cell, rounded to the dollar, without the sign of the currency."""
    return decimal(Decimal(cents) / 100, 0)


def dollars(cents: int) -> str:
    """A sum where it is binding: $10,771.20."""
    return gettext("$%(sum)s") % {"sum": decimal(Decimal(cents) / 100, 2)}


def typed(cents: int) -> str:
    """A sum for a form's box, as somebody would type it: 7,040 or 6,430.36."""
    return decimal(Decimal(cents) / 100, 0 if cents % 100 == 0 else 2)


def exact(cents: int) -> str:
    """The exact value that copying a rounded cell gives."""
    return f"{Decimal(cents) / 100:.2f}"


def per_carat_cents(ask_cents: int, weight_ct: Decimal | float) -> int:
    """The ask for one carat, in whole cents."""
    return int((Decimal(ask_cents) / Decimal(str(weight_ct))).quantize(Decimal(1), ROUND_HALF_UP))


def stones(number: int) -> str:
    """How many stones, in words that fit the number."""
    return ngettext("%(count)s stone", "%(count)s stones", number) % {"count": count(number)}


def rows(number: int) -> str:
    """How many rows of a file."""
    return ngettext("%(count)s row", "%(count)s rows", number) % {"count": count(number)}


def percent(number: float, places: int = 1) -> str:
    """A share: 10.9 %."""
    return gettext("%(number)s %%") % {"number": decimal(number, places)}


def day(moment: datetime) -> str:
    """The day of a moment: 24 Nov 2026."""
    return date_format(moment.astimezone(UTC), pgettext("date format", "j M Y"))


def minute(moment: datetime) -> str:
    """A moment to the minute, in UTC with the word: 24 Nov 2026, 09:15 UTC."""
    return date_format(moment.astimezone(UTC), pgettext("date format", "j M Y, H:i \\U\\T\\C"))


def minute_utc(moment: datetime) -> str:
    """A moment to the minute for a column whose head says UTC: 24 Nov 2026, 09:15."""
    return date_format(moment.astimezone(UTC), pgettext("date format", "j M Y, H:i"))


def clock_time(moment: datetime) -> str:
    """The time of day: 14:32 UTC."""
    return date_format(moment.astimezone(UTC), pgettext("date format", "H:i \\U\\T\\C"))


def age(moment: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that says something: 12 min, 30 h, 6 d."""
    gone = max(now - moment, timedelta())
    minutes = int(gone.total_seconds() // 60)
    if minutes < 120:
        return gettext("%(minutes)s min") % {"minutes": count(minutes)}
    if minutes < 48 * 60:
        return gettext("%(hours)s h") % {"hours": count(minutes // 60)}
    return gettext("%(days)s d") % {"days": count(minutes // 1440)}


def machine(moment: datetime) -> str:
    """The value of a <time datetime>."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(number: float, places: int) -> str:
    """A change with its sign printed: +1.6, −2.1."""
    said = decimal(number, places)
    return said if said.startswith(MINUS) or number == 0 else f"+{said}"


def weekday(moment: datetime) -> str:
    """A day as a newspaper dates itself: Tuesday 24 November 2026."""
    return date_format(moment.astimezone(UTC), pgettext("date format", "l j F Y"))
