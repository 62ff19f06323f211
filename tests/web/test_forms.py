"""Every form of every page, sent back empty and with nonsense: one pattern for what is wrong in it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest

from bourse.search import follower
from cast import Cast
from privacy.routes import visits
from web.conftest import Browse, prove
from web.states import states

pytestmark = pytest.mark.django_db
NONSENSE = "g4rb4ge"
ANSWERING = {
    "/account/branches/<id>/",
    "/account/branches/add/",
    "/account/colleagues/<id>/role/",
    "/account/colleagues/invite/",
    "/account/company/private/",
    "/account/company/profile/",
    "/account/personal/",
    "/account/sign-in/",
    "/account/again/",
    "/account/password/forgotten/",
    "/account/security/password/",
    "/account/security/address/",
    "/account/security/app/",
    "/account/security/passkeys/add/",
    "/account/security/passkeys/<id>/",
    "/account/display/",
    "/listings/feeds/add/",
    "/listings/feeds/<id>/change/",
    "/listings/upload/",
    "/listings/uploads/<id>/answers/",
    "/listings/uploads/<id>/columns/",
    "/listings/uploads/<id>/confirm/",
    "/listings/uploads/<id>/sheets/",
    "/listings/uploads/<id>/values/",
    "/members/",
    "/members/<id>/",
    "/operator/exchange/",
    "/stones/<id>/",
    "/stones/<id>/withdraw/",
}
"""The forms in which something can be wrong; the link of a new person has a test of its own."""


@dataclass
class Sheet:
    """A form as its page holds it."""

    action: str
    says: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    ticked: set[str] = field(default_factory=set)

    def sent(self, with_what: str) -> dict[str, str]:
        """Its hidden boxes as they came, all others empty or with nonsense; ticks only beside nonsense."""
        left = self.ticked if not with_what else set()
        full = {name: with_what if name in self.typed else value for name, value in self.fields.items()}
        return {name: value for name, value in full.items() if name not in left}


class Sheets(HTMLParser):
    """Reads the forms of a page that are posted."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.found, self.inside = address, list[Sheet](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or a box of it."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = said.get("method") == "post"
            if self.inside:
                self.found.append(Sheet(urljoin(self.address, said.get("action", "")), said))
        elif self.inside and "name" in said and tag in ("input", "select", "textarea"):
            self.found[-1].fields[said["name"]] = said.get("value", "")
            if said.get("type") == "checkbox":
                self.found[-1].ticked.add(said["name"])
            elif said.get("type") not in ("hidden", "file"):
                self.found[-1].typed.add(said["name"])

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        self.inside = self.inside and tag != "form"


def forms(client: Any, addresses: list[str]) -> Iterator[Sheet]:
    """Each different form of these pages."""
    known = set()
    for address in addresses:
        reader = Sheets(address)
        answer = client.get(address)
        reader.feed(answer.content.decode() if "html" in answer.headers.get("Content-Type", "") else "")
        for sheet in reader.found:
            if (sheet.typed or sheet.ticked) and sheet.action not in known:
                known.add(sheet.action)
                yield sheet


def faults(page: str, sheet: Sheet, what: str) -> Iterator[str]:
    """What the page that came back lacks."""
    if not re.search(r"<title>\s*Error: ", page):
        yield "its title does not begin with Error:"
    summary = re.search(
        r'<div class="errors" role="alert" tabindex="-1".*?data-focus-first>.*?</div>', page, re.S
    )
    if not summary or "There is a problem" not in summary.group():
        yield "no summary"
        return
    linked = re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', summary.group(), re.S)
    for target, sentence in linked:
        if not re.search(rf'id="{re.escape(target)}"', page):
            yield f"#{target} is not on the page"
        if page.count(sentence) < 2:
            yield f"“{html.unescape(sentence)}” does not stand beside its field"
    texts = {name for name in sheet.typed if re.search(rf'<input type="text" name="{name}"', page)}
    if what and texts and f'value="{what}"' not in page:
        yield "what was typed is gone"


def pattern(path: str) -> str:
    return re.sub(r"(?<=/)[a-z0-9]{18}(?=/)|\?.*", lambda found: "<id>" if len(found[0]) == 18 else "", path)


def test_every_form_says_what_is_wrong_in_the_same_way(browse: Browse, cast: Cast) -> None:
    ids = states(cast)
    follower.rebuild()
    looks = [
        one.address for one in visits(ids) if one.method == "GET" and not one.address.startswith("/api/")
    ]
    wrong, answering = [], set()
    for who in (None, cast.asha, cast.omar):
        client = prove(browse(who)) if who else browse(None)
        for sheet in list(forms(client, looks)):
            if "novalidate" not in sheet.says:
                wrong.append((pattern(sheet.action), "the browser's own bubbles"))
            for what in ("", NONSENSE):
                answer = client.post(sheet.action, sheet.sent(what))
                page = answer.content.decode()
                if answer.status_code == 422 or 'class="errors"' in page:
                    answering.add(pattern(sheet.action))
                    wrong += [(pattern(sheet.action), fault) for fault in faults(page, sheet, what)]
    assert not wrong, "\n".join(f"{form}: {fault}" for form, fault in sorted(set(wrong)))
    assert answering >= ANSWERING, ANSWERING - answering
