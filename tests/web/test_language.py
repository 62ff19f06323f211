"""No text of a page escapes translation: where gettext marks all that it returns, no word stands unmarked."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from bourse.members.models import Company
from bourse.search import follower
from cast import Cast
from market.files import A1, A2, A3, like, listed, live, sent
from web.conftest import Browse

pytestmark = pytest.mark.django_db

# What people and companies are called, the file's own words, codes and units that no language changes.
PEOPLE = {"Asha", "Gems", "Ben", "Bea", "Carl", "Trading", "Omar", "Surat", "IN"}
FILE = {"stock", "csv", "A", "M"}
CODES = {*"DEFGHIJKL", "FL", "IF", "VVS", "VV", "VS", "SI", "GIA", "IGI", "HRD", "UTC"}
KEYS = {"j", "k", "Enter", "Esc"}
DATA = PEOPLE | FILE | CODES | KEYS
OPEN, CLOSE = "\u27e6", "\u27e7"


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every translation comes back between brackets."""

    def mark(name: str) -> Callable[..., str]:
        ask = getattr(translation._trans, name)
        return lambda *given: f"{OPEN}{ask(*given)}{CLOSE}"

    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        monkeypatch.setattr(translation._trans, name, mark(name))


def test_no_page_mixes_two_languages(browse: Browse, cast: Cast) -> None:
    answer = browse(cast.ben).get("/account/display/", headers={"Accept-Language": "de, ar;q=0.8"})
    assert '<html lang="en" dir="ltr"' in answer.content.decode()
    assert answer["Content-Language"] == "en"


def unmarked(answer: Any) -> list[str]:
    """The words that a person reads outside the brackets, data apart."""
    page = re.sub(r"<(script|style|svg|title)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    labels = re.findall(r'\b(?:aria-label|placeholder|alt|title)="([^"]*)"', page)
    texts = [html.unescape(text) for text in [*re.split(r"<[^>]*>", page), *labels]]
    return [word for text in texts for word in _left(text) if word not in DATA]


def _left(text: str) -> list[str]:
    before = None
    while before != text:  # brackets nest where one translation is put into another
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    return re.findall(r"[^\W\d_]+", text)


def test_no_page_for_visitors_and_members_says_a_word_outside_gettext(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    listed(cast.ben, A1)
    follower.rebuild()
    view = sent(cast.asha, like(A1, price="6868"), A3, like(A2, stock="A-9", clarity="VX9"))
    house = Company.objects.get(pk=cast.asha.company_id)
    looks: list[tuple[Any, str]] = [
        (None, "/"),
        (None, "/account/sign-in/"),
        (cast.ben, "/"),
        (cast.ben, "/search/?shape=Round&ct=1.00-1.49&growth=both"),
        (cast.ben, "/search/?shape=Heart&colour=D"),
        (cast.ben, f"/stones/{live('A-2').public_id}/"),
        (cast.asha, f"/stones/{live('A-2').public_id}/"),
        (cast.asha, "/listings/"),
        (cast.asha, "/listings/upload/"),
        (cast.asha, "/listings/uploads/"),
        (cast.asha, "/listings/feeds/add/"),
        (cast.asha, "/account/company/"),
        (cast.ben, "/account/display/"),
        (cast.ben, "/account/sign-out/"),
        (cast.omar, "/members/"),
        (cast.omar, f"/members/{house.public_id}/"),
        (cast.ben, "/nowhere/"),
    ]
    left = {path: unmarked(browse(who).get(path)) for who, path in looks}
    assert {path: words for path, words in left.items() if words} == {}
    changes = browse(cast.asha).get(f"/listings/uploads/{view.public_id}/").content.decode()
    assert f"{OPEN}Nothing is live yet.{CLOSE}" in changes
