"""What is asked for a stone, by whom it is offered, since when, and who else offers it."""

from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from bourse.doors.web import countries, figures, stones, words
from bourse.doors.web.stone.sheet import Fact, fact
from bourse.market.queries import AskEntry, ListingView, OtherListing, OthersSee


def price(view: ListingView, weight_ct: Decimal) -> dict[str, object]:
    """The ask that leads, the other beside it, and how they came about."""
    leads = view.ask_cents if view.ask_cents is not None else view.cash_ask_cents
    is_cash = view.ask_cents is None and leads is not None
    beside = view.cash_ask_cents if not is_cash and view.cash_ask_cents is not None else None
    facts = [Fact(gettext("Cash ask"), _sums(beside, weight_ct))] if beside else []
    return {
        "heading": gettext("Cash ask") if is_cash else gettext("Ask"),
        "ask": stones.ask(leads, weight_ct),
        "per_carat": figures.dollars(figures.per_carat_cents(leads, weight_ct)) if leads else "",
        "total": figures.dollars(leads) if leads else "",
        "facts": [*facts, *_converted(view)],
        "others_see": _others_see(view.others_see, weight_ct) if view.others_see else "",
    }


def _sums(cents: int, weight_ct: Decimal) -> str:
    per_carat = figures.dollars(figures.per_carat_cents(cents, weight_ct))
    return gettext("%(per_carat)s /ct · %(total)s") % {
        "per_carat": per_carat,
        "total": figures.dollars(cents),
    }


def _converted(view: ListingView) -> list[Fact]:
    """By which rate and of which day an ask of another currency became dollars."""
    currency, rate, day = (view.claims.get(name) for name in ("priced_in", "rate", "rate_date"))
    if not currency or rate is None or not isinstance(day, date):
        return []
    told = gettext("1 %(currency)s = $%(rate)s, %(day)s") % {
        "currency": currency,
        "rate": f"{Decimal(str(rate)).normalize():f}",
        "day": date_format(day, pgettext("date format", "j M Y")),
    }
    return [Fact(gettext("Converted by"), told)]


def _others_see(left: OthersSee, weight_ct: Decimal) -> str:
    """In one sentence, what is left of the own listing for others."""
    asks = [
        gettext("the ask %(sum)s") % {"sum": figures.dollars(left.ask_cents)} if left.ask_cents else "",
        gettext("the cash ask %(sum)s") % {"sum": figures.dollars(left.cash_ask_cents)}
        if left.cash_ask_cents
        else "",
    ]
    seen = gettext(" and ").join(filter(None, asks)) or gettext("no ask")
    name = gettext("your name") if left.is_named else gettext("“A member” for your name")
    return gettext("Others see %(asks)s, and %(name)s.") % {"asks": seen, "name": name}


def offer(view: ListingView, now: datetime) -> list[Fact]:
    """Who offers the stone, where it lies, since when; without what the asker may not see."""
    claimed = view.claims
    said = [stones.text_of(claimed, name) for name in ("city", "state", "country")]
    lies = ", ".join(filter(None, (*said[:2], countries.country(said[2]))))
    facts = [fact(gettext("Lies in"), lies)] if "country" in claimed else []
    if "supplier_stock_number" in claimed:
        facts.append(fact(gettext("Stock number"), stones.text_of(claimed, "supplier_stock_number")))
    if view.listed_at and view.changed_at:
        facts.insert(0, _seller(view))
        facts.append(Fact(gettext("Listed"), figures.day(view.listed_at)))
        ago = gettext("%(age)s ago") % {"age": figures.age(view.changed_at, now)}
        facts.append(Fact(gettext("Changed"), ago))
    if view.confirmed_at:
        ago = gettext("%(age)s ago") % {"age": figures.age(view.confirmed_at, now)}
        facts.append(Fact(gettext("Last confirmed"), ago))
    elif view.company_name:
        facts.insert(0, _seller(view))
    return facts


def _seller(view: ListingView) -> Fact:
    """Who offers the stone, with the way to what he says of himself; nameless where he hides his name."""
    if not view.company_name:
        return Fact(gettext("Seller"), gettext("A member"))
    address = reverse("member_profile", args=[view.company_public_id])
    return Fact(gettext("Seller"), view.company_name, address=address)


def history(view: ListingView, weight_ct: Decimal) -> list[dict[str, object]]:
    """The asks so far, newest first, each with its change against the one before."""
    before = [*(entry.ask_cents for entry in view.history[1:]), None]
    # Of an unnamed seller the market tells days alone; a time of day beside them would be made up.
    when = figures.minute_utc if view.company_name else figures.day
    return [
        {"at": when(entry.at)} | _entry(entry, earlier, weight_ct)
        for entry, earlier in zip(view.history, before, strict=False)
    ]


def _entry(entry: AskEntry, earlier: int | None, weight_ct: Decimal) -> dict[str, object]:
    shown, cash = stones.ask(entry.ask_cents, weight_ct), stones.ask(entry.cash_ask_cents, weight_ct)
    change = ""
    if entry.ask_cents and earlier and entry.ask_cents != earlier:
        change = figures.signed((entry.ask_cents / earlier - 1) * 100, 1)
    return {
        "machine": figures.machine(entry.at),
        "per_carat": shown.per_carat or gettext("no ask"),
        "total": shown.total,
        "cash": cash.per_carat,
        "change": change,
        "availability": words.availability(entry.availability) if entry.is_live else gettext("withdrawn"),
    }


def others(elsewhere: list[OtherListing], weight_ct: Decimal) -> list[dict[str, object]]:
    """Other companies' live offers of the same stone."""
    return [
        {
            "address": reverse("stone", args=[other.public_id]),
            "company": other.company_name or gettext("A member"),
            "ask": stones.ask(other.ask_cents, weight_ct),
            "cash": stones.ask(other.cash_ask_cents, weight_ct),
            "availability": words.availability(other.availability),
            "avail_mark": words.availability_mark(other.availability),
        }
        for other in elsewhere
    ]
