"""Applicants and lists for tests."""

from datetime import datetime

from bourse.members.actions import screening
from bourse.members.actions.joining import Said, apply, keep_papers
from bourse.members.actor import Actor
from bourse.members.models import Application, ScreeningList
from bourse.members.papers import Paper, paper
from cast import NOON
from members.pictures import PNG

DRAFT = "a-draft"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def said(**differing: object) -> Said:
    """What Dora says of her firm."""
    values: dict[str, object] = {
        "company_name": "Dora Stones",
        "legal_name": "Dora Stones BVBA",
        "street": "Hoveniersstraat 2",
        "city": "Antwerp",
        "postcode": "2018",
        "country": "BE",
        "nature": "dealer",
        "size": "2–9",
        "trades": ["natural polished"],
        "buys": True,
        "sells": False,
        "registration_number": "0123.456.749",
        "website": "",
        "bank_reference": "KBC Antwerp",
        "trade_references": "Asha Gems, Surat",
        "associations": ["AWDC"],
        "person_name": "Dora Dorn",
        "email": "Dora@dora.example",
        "telephone": "+32 3 000 00 00",
    }
    return Said(**{**values, **differing})  # type: ignore[arg-type]


def letter(name: str = "letter.pdf") -> Paper:
    """A whole, tiny PDF."""
    return paper(name, PDF)


def picture(name: str = "licence.png") -> Paper:
    """A whole, tiny picture."""
    return paper(name, PNG)


def applied(now: datetime = NOON, **differing: object) -> tuple[str, Application]:
    """The secret of an applicant's link, and the application; its names are compared already."""
    keep_papers(draft=DRAFT, papers=[letter()], now=now)
    secret = apply(said=said(**differing), draft=DRAFT, now=now)
    found = Application.objects.latest("pk")
    screening.compare(application_id=found.pk, company_id=None, now=now)
    found.refresh_from_db()
    return secret, found


def loaded(actor: Actor, text: str, name: str = "EU", now: datetime = NOON) -> ScreeningList:
    """A list in force, with which everybody was compared."""
    made = screening.load_list(
        actor=actor, name=name, file_name="list.csv", content=text.encode(), other_names=b"", now=now
    )
    before = ScreeningList.objects.filter(name__iexact=name).exclude(pk=made.pk).order_by("-pk").first()
    screening.compare_list(list_id=made.pk, before_id=before.pk if before else None, now=now)
    made.refresh_from_db()
    return made
