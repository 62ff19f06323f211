"""A company's own words in finished strings."""

from dataclasses import dataclass

from django.utils.translation import gettext

from bourse.doors.web import words
from bourse.doors.web.joining.names import NATURES, SIZES, TRADES
from bourse.members.profile import Particulars, Profile


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is said; `address` makes it a link."""

    text: str
    value: str
    address: str = ""

    @property
    def shown(self) -> str:
        """What stands on the page."""
        return self.value or words.not_given()


def profile_facts(said: Profile) -> list[Fact]:
    """What other members see, line by line."""
    mail = f"mailto:{said.public_email}" if said.public_email else ""
    return [
        Fact(gettext("Place"), words.place(said.city, said.country)),
        Fact(gettext("Kind of business"), str(NATURES.get(said.nature, ""))),
        Fact(gettext("Trades in"), ", ".join(str(TRADES[one]) for one in said.trades if one in TRADES)),
        Fact(gettext("Trade associations"), ", ".join(said.associations)),
        Fact(gettext("Founded in"), str(said.founded or "")),
        Fact(gettext("Website"), said.website.removeprefix("https://"), said.website),
        Fact(gettext("E-mail"), said.public_email, mail),
        Fact(gettext("Telephone"), said.public_telephone),
    ]


def particulars_facts(said: Particulars) -> list[Fact]:
    """What only the house is told, line by line."""
    sides = [gettext("buys") if said.buys else "", gettext("sells") if said.sells else ""]
    return [
        Fact(gettext("Legal name"), said.legal_name),
        Fact(gettext("Address"), ", ".join(filter(None, (said.street, said.postcode)))),
        Fact(gettext("Registration number"), said.registration_number),
        Fact(gettext("Tax number"), said.tax_number),
        Fact(gettext("Size"), str(SIZES.get(said.size, ""))),
        Fact(gettext("Does here"), ", ".join(filter(None, sides))),
        Fact(gettext("Bank reference"), said.bank_reference),
        Fact(gettext("Trade references"), said.trade_references),
    ]
