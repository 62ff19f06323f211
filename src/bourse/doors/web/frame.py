"""What stands around every page: the menu, the market in one line, who is signed in, the display."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from bourse.doors.web import figures, session
from bourse.doors.web.who import actor_of
from bourse.kit import clock
from bourse.kit.marks import holds_sample
from bourse.members.actor import Role
from bourse.members.queries import companies_of, exchange, own_company
from bourse.notices.queries import unread
from bourse.search import queries as search


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu."""

    text: str
    address: str
    is_current: bool = False
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the whole menu with its links."""

    text: str
    entries: list[Entry]
    signs_out: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the market with its name."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """That the company acted for is off the market, why, and what that means."""

    said: str
    because: str
    meaning: str


@dataclass(frozen=True, slots=True)
class House:
    """How the operator has set this exchange; empty addresses where he left it as it came."""

    name: str
    logo: str
    colours: str


class Frame:
    """Asked by the base template; what a page does not show is not computed."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._actor = actor_of(request)
        self._display = session.display(request)
        self.theme = self._display["theme"]
        self.density = self._display["density"]
        self.keys_are_off = self._display["keys"] == "off"
        self.may_search = self._actor is not None
        self.phrase = request.GET.get("q", "")
        self.kept_by_phrase = [
            (name, request.GET[name]) for name in ("growth", "sort") if name in request.GET
        ]

    @cached_property
    def is_sample(self) -> bool:
        """Whether the market is invented."""
        return holds_sample()

    @cached_property
    def house(self) -> House:
        """The name, logo and colours that every page shows."""
        view = exchange()
        return House(
            name=view.name if view.changed_at else gettext("Bourse"),
            logo=reverse("logo", args=[view.version]) if view.logo_type else "",
            colours=reverse("colours", args=[view.version]) if view.colours else "",
        )

    @cached_property
    def suspension(self) -> Suspension | None:
        """What the people of a suspended company read on every page."""
        if self._actor is None or not self._actor.is_suspended:
            return None
        view = own_company(self._actor)
        since = figures.minute_utc(view.suspended_at) if view.suspended_at else ""
        return Suspension(
            said=gettext("Your company is suspended since %(since)s.") % {"since": since},
            because=view.suspended_because,
            meaning=gettext(
                "Nobody else finds its stock, and it neither searches nor trades. Your records, your own "
                "stock as a file and your notices stay open."
            ),
        )

    @property
    def menu(self) -> list[Entry]:
        """The rooms, in the masthead and under the thumb."""
        return list(self._rooms()) if self._actor else []

    @property
    def me(self) -> list[Entry]:
        """Who is signed in, or the way in."""
        if self._actor is None:
            return [self._entry(gettext("Sign in"), "account_login")]
        return [self.notices, self._entry(self._who(), "company")]

    @cached_property
    def notices(self) -> Entry:
        """The inbox, with how much of it is unread."""
        number = unread(self._actor.person_id) if self._actor else 0
        said = gettext("999+") if number > 999 else figures.count(number) if number else ""
        return replace(self._entry(gettext("Notices"), "notices"), unread=said)

    def _who(self) -> str:
        """The person, and the company that he acts for."""
        chosen = session.company_chosen(self._request)
        companies = companies_of(self._actor.person_id) if self._actor else []
        acting = [one.name for one in companies if one.public_id == chosen] or [one.name for one in companies]
        return " · ".join([getattr(self._request.user, "name", ""), *acting[:1]])

    @property
    def groups(self) -> list[Group]:
        """The whole menu at the foot of the page."""
        groups = [Group(gettext("Diamond trading"), list(self._trading()))]
        if self._actor is None:
            return [
                *groups,
                Group(
                    gettext("My account"),
                    [
                        self._entry(gettext("Sign in"), "account_login"),
                        self._entry(gettext("Apply for membership"), "join"),
                        *self._own(),
                    ],
                ),
            ]
        account = [
            self._entry(gettext("Company you act for"), "company"),
            self._entry(gettext("Sign-in and passkeys"), "security"),
            *self._own(),
        ]
        groups.append(Group(gettext("My account"), account, signs_out=True))
        if self._actor.is_operator:
            groups.append(Group(gettext("This exchange"), list(self._running())))
        return groups

    @property
    def ribbon(self) -> list[Figure]:
        """The market in one line, the same on every page, in the same order."""
        now = clock.now()
        time = Figure(gettext("Live"), figures.clock_time(now))
        counts = search.counts(now)
        if counts is None:
            return [time]
        return [
            time,
            Figure(gettext("Natural"), figures.count(counts.natural.stones)),
            Figure(gettext("Lab-grown"), figures.count(counts.lab_grown.stones)),
            Figure(gettext("Asks"), figures.count(counts.natural.asks + counts.lab_grown.asks)),
            Figure(gettext("Companies"), figures.count(counts.companies)),
            Figure(
                gettext("New today"), figures.count(counts.natural.new_today + counts.lab_grown.new_today)
            ),
        ]

    def _rooms(self) -> Iterator[Entry]:
        yield self._entry(gettext("Search"), "search")
        if self._actor and self._actor.company_id is not None:
            yield self._entry(gettext("Manage listings"), "listings")
        if self._actor and self._actor.is_operator:
            yield self._entry(gettext("Applications"), "vetting")
            yield self._entry(gettext("Members"), "members")

    def _trading(self) -> Iterator[Entry]:
        yield self._entry(gettext("Front page"), "front")
        yield self._entry(gettext("Search for diamonds"), "search")
        if self.may_search:
            yield self._entry(gettext("Your searches"), "saved_searches")
        if self._actor and self._actor.company_id is not None:
            yield self._entry(gettext("Manage listings"), "listings")
        if self._actor and self._actor.may_trade:
            yield self._entry(gettext("Upload stock"), "upload")
            yield self._entry(gettext("Earlier uploads"), "uploads")

    def _running(self) -> Iterator[Entry]:
        yield self._entry(gettext("Applications"), "vetting")
        yield self._entry(gettext("Lists of names"), "screening")
        yield self._entry(gettext("Members"), "members")
        yield self._entry(gettext("Set up this exchange"), "exchange")
        yield self._entry(gettext("Claims that differ"), "differing")
        yield self._entry(gettext("Who did what"), "all_acts")
        yield self._entry(gettext("Operations"), "operations")

    def _own(self) -> Iterator[Entry]:
        if self._actor and self._actor.company_id is not None:
            yield self._entry(gettext("Company information"), "company_information")
            yield self._entry(gettext("Branches"), "branches")
            yield self._entry(gettext("Colleagues"), "colleagues")
            yield self._entry(gettext("What others see of our stock"), "showing")
        if self._actor and self._actor.company_id is not None and self._actor.role is not Role.VIEWER:
            yield self._entry(gettext("Who did what"), "acts")
        if self._actor:
            yield self._entry(gettext("Personal information"), "personal")
            yield self._entry(gettext("What you are told, and how"), "notice_choices")
        if self._actor and self._actor.role is Role.OWNER:
            yield self._entry(gettext("Webhooks"), "webhooks")
        yield self._entry(gettext("Display"), "display")
        if self._actor and self._actor.role is Role.OWNER:
            yield self._entry(gettext("Keys"), "keys")
        yield self._entry(gettext("For developers"), "developer")

    def _entry(self, text: str, page: str) -> Entry:
        match = self._request.resolver_match
        return Entry(text, reverse(page), is_current=bool(match and match.url_name == page))


def frame(request: HttpRequest) -> dict[str, object]:
    """The context of every page."""
    return {"frame": Frame(request)}
