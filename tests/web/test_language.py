"""No text of a page escapes translation: where gettext marks all that it returns, no word stands unmarked.

Every request that the table of routes asks for is made by everybody: pages in all their states, and forms
that come back wrong. A route without a row there fails the test of that table.
"""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from bourse.dialects import field_names
from bourse.doors.web import sentences
from bourse.search import follower
from cast import Cast
from market.files import A1, A2, A3, stock_file
from members.applying import said
from privacy.routes import Visit, visits
from web.conftest import Browse, prove
from web.states import FEED, HOOK, LISTED, ODD, SPOILT, states

pytestmark = pytest.mark.django_db
OPEN, CLOSE = "\u27e6", "\u27e7"

# What people, companies and things are called.
NAMED = {
    "Asha",
    "Ben",
    "Bea",
    "Carl",
    "Trading",
    "Gems",
    "Omar",
    "Tara",
    "Vera",
    "Surat",
    "IN",
    "Bourse",
    "Argyle",
    "Nia",
    "office",
    "English",  # a language is called by its own name
    *("asha", "ben", "omar", "nia", "bourse"),  # of addresses of mail
}
KEYS = {"j", "k", "x", "a", "e", "u", "s", "Enter", "Esc"}


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every translation comes back between brackets, and English is a language like others."""

    def mark(name: str) -> Callable[..., str]:
        ask = getattr(translation._trans, name)
        return lambda *given: f"{OPEN}{ask(*given)}{CLOSE}"

    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        monkeypatch.setattr(translation._trans, name, mark(name))
    monkeypatch.setattr(sentences, "SOURCE_LANGUAGE", "")


def test_no_page_mixes_two_languages(browse: Browse, cast: Cast) -> None:
    answer = browse(cast.ben).get("/account/display/", headers={"Accept-Language": "de, ar;q=0.8"})
    assert '<html lang="en" dir="ltr"' in answer.content.decode()
    assert answer["Content-Language"] == "en"


def unmarked(page: str) -> list[str]:
    """The words that a person reads outside the brackets, data apart."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.DOTALL)
    # What HTML says is not to be translated: code, addresses, and the API's description, which names it.
    page = re.sub(r'<(pre|code|span|dd|td|p|select)\b[^>]*translate="no".*?</\1>', " ", page, flags=re.DOTALL)
    labels = re.findall(r'\b(?:aria-label|placeholder|alt|title|data-(?:sending|copied|th))="([^"]*)"', page)
    texts = [html.unescape(text) for text in [*re.split(r"<[^>]*>", page), *labels]]
    return [word for text in texts for word in _left(text) if word not in DATA and not word.isupper()]


def _left(text: str) -> list[str]:
    before = None
    while before != text:  # brackets nest where one translation is put into another
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    return re.findall(r"[^\W\d_]+", text)


PROPER = {word for field in field_names() if field.name in ("lab", "country") for word in field.words}
WRITTEN = [
    LISTED,
    str(said()),
    "letter.pdf list.csv http://localhost/join/",
    ODD.decode(),
    stock_file(A1, A2, A3, *SPOILT).decode(),
    FEED,
    HOOK,
    *PROPER,
]
DATA = NAMED | KEYS | {word for text in WRITTEN for word in _left(text)}  # codes are known by their capitals


def asked(cast: Cast) -> Iterator[tuple[Any, Visit]]:
    """Who asks for what: first all that only look, then every form."""
    every = [visit for visit in visits(states(cast)) if not visit.address.startswith("/api/")]
    follower.rebuild()
    people = (None, cast.ben, cast.asha, cast.omar)
    yield from ((who, visit) for visit in every if visit.method == "GET" for who in people)
    yield from ((who, visit) for visit in every if visit.method == "POST" for who in people[1:])


def test_no_page_says_a_word_outside_gettext(browse: Browse, cast: Cast, marked: None) -> None:
    browsers = {who: prove(browse(who)) for who in (cast.ben, cast.asha, cast.omar)} | {None: browse(None)}
    left: dict[str, set[str]] = {}
    for who, visit in asked(cast):
        client = browsers[who]
        ask = client.get if visit.method == "GET" else client.post
        answer = ask(visit.address, visit.form) if visit.form else ask(visit.address)
        if "html" in answer.headers.get("Content-Type", ""):
            for word in unmarked(answer.content.decode()):
                left.setdefault(word, set()).add(f"{visit.method} {visit.address}")
    assert not left, "\n".join(
        f"{word}: {', '.join(sorted(places)[:2])}" for word, places in sorted(left.items())
    )
