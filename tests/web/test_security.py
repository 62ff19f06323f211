"""By what one signs in and where one is in: pages of the person's own, the acts that bind, links by mail."""

import re
import time
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from bourse.kit.models import AuditEntry, Fact
from bourse.members.models import Exchange, Person
from bourse.members.models.signing import CodeApp, MailedLink, Passkey, RecoveryCode, SignIn
from bourse.members.one_time_codes import code_at
from bourse.members.secrets import derived_secret
from cast import NOON, Cast
from web.conftest import Browse, prove, text_of
from web.signing import (
    PASSWORD,
    SoftKey,
    add_passkey,
    has_password,
    hidden,
    is_in,
    question_on,
    set_up_app,
    sign_in,
)

ASHA = "asha@bourse.example"
NEW = "another four words here"
AGAIN = "Show that it is you"


@pytest.fixture
def asha(browse: Browse, cast: Cast) -> Client:
    """Asha's browser, in which she came in by password just now."""
    has_password(cast.asha)
    client = browse(None)
    sign_in(client, ASHA)
    return client


def step() -> int:
    return int(time.time()) // 30


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """From now on it is so much later."""
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + seconds)


def mailed() -> str:
    """The page of the link that was asked for last."""
    link = MailedLink.objects.latest("id")
    page = {"password": "password/new", "address": "address"}[link.purpose]
    return f"/account/{page}/{derived_secret(link.purpose, link.public_id)}/"


BINDING = [
    "/account/security/password/",
    "/account/security/address/",
    "/account/security/passkeys/add/",
    "/account/security/app/",
    "/account/security/codes/",
]


@pytest.mark.parametrize("page", BINDING)
def test_what_binds_asks_who_one_is_after_ten_minutes(
    asha: Client, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asha.get(page).status_code == 200
    later(monkeypatch, 601)
    answer = asha.get(page)
    assert answer["Location"] == f"/account/again/?next={page}"
    assert AGAIN in text_of(asha.get(answer["Location"]))
    assert asha.post("/account/again/", {"password": "wrong", "next": page}).status_code == 422
    proved = asha.post("/account/again/", {"password": PASSWORD, "next": page})
    assert proved["Location"] == page and asha.get(page).status_code == 200


def test_a_form_is_kept_while_one_shows_who_one_is(
    asha: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 601)
    asked = asha.post("/account/security/password/", {"password": NEW})
    page = text_of(asked)
    assert asked.status_code == 403 and AGAIN in page and NEW not in page
    assert check_password(PASSWORD, Person.objects.get(pk=cast.asha.person_id).password)
    kept = hidden(asked, "kept")
    wrong = asha.post("/account/again/", {"password": "wrong", "kept": kept})
    assert wrong.status_code == 422 and hidden(wrong, "kept") == kept
    done = asha.post("/account/again/", {"password": PASSWORD, "kept": kept})
    assert done["Location"] == "/account/security/?done=password"
    assert check_password(NEW, Person.objects.get(pk=cast.asha.person_id).password)


def test_a_kept_form_is_its_persons_and_cannot_be_made_up(
    asha: Client, browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_password(cast.ben)
    later(monkeypatch, 601)
    kept = hidden(asha.post("/account/security/password/", {"password": NEW}), "kept")
    ben = browse(cast.ben)
    assert ben.post("/account/again/", {"password": PASSWORD, "kept": kept})["Location"] == "/"
    assert asha.post("/account/again/", {"password": PASSWORD, "kept": "made up"}).status_code == 400
    for person in (cast.asha, cast.ben):
        assert check_password(PASSWORD, Person.objects.get(pk=person.person_id).password)


def test_whoever_has_better_than_a_password_shows_that(
    asha: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = SoftKey()
    add_passkey(asha, key)
    later(monkeypatch, 601)
    refused = asha.post("/account/again/", {"password": PASSWORD})
    assert refused.status_code == 422 and asha.get("/account/security/password/").status_code == 302
    question = question_on(asha.get("/account/again/"))
    form = {
        "state": question.state,
        "answer": key.get(question.options),
        "next": "/account/security/password/",
    }
    assert asha.post("/account/again/", form)["Location"] == "/account/security/password/"


def test_showing_who_one_is_cannot_be_tried_at_will(asha: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [asha.post("/account/again/", {"password": f"wrong {n}"}).status_code for n in range(6)]
    assert codes == [422] * 5 + [429]
    assert asha.post("/account/again/", {"password": PASSWORD}).status_code == 429


def test_a_new_password_keeps_this_browser_in_and_ends_the_others(
    asha: Client, browse: Browse, cast: Cast
) -> None:
    other = browse(None)
    sign_in(other, ASHA)
    assert asha.post("/account/security/password/", {"password": NEW}).status_code == 302
    assert is_in(asha) and not is_in(other)
    assert SignIn.objects.count() == 1
    weak = asha.post("/account/security/password/", {"password": "short"})
    assert weak.status_code == 422 and 'href="#id_password"' in text_of(weak)


def test_a_passkey_is_added_named_and_removed(asha: Client, cast: Cast) -> None:
    assert add_passkey(asha, SoftKey(), "Laptop")["Location"] == "/account/security/codes/"
    key = Passkey.objects.get()
    assert "Laptop" in text_of(asha.get("/account/security/"))
    twice = add_passkey(asha, SoftKey(credential_id=b"another, sixteen"), "laptop")
    assert twice.status_code == 409 and "called laptop already" in text_of(twice)
    page = f"/account/security/passkeys/{key.public_id}/"
    assert asha.post(page, {"name": ""}).status_code == 422
    assert asha.post(page, {"name": "Desk"}).status_code == 302
    assert asha.get(f"{page}remove/")["Location"] == page
    assert asha.post(f"{page}remove/")["Location"] == "/account/security/"
    assert not Passkey.objects.exists()
    acts = list(AuditEntry.objects.order_by("id").values_list("act", flat=True))
    assert acts[-3:] == ["members.add_passkey", "members.rename_passkey", "members.remove_passkey"]


@pytest.mark.parametrize(
    "wrong", [{"origin": "https://evil.example"}, {"rp_id": "evil.example"}, {"flags": 1}, {"flags": 4}]
)
def test_a_passkey_made_for_elsewhere_or_unlocked_by_nobody_is_not_added(
    asha: Client, wrong: dict[str, Any]
) -> None:
    refused = add_passkey(asha, SoftKey(**wrong))
    assert refused.status_code == 422 and not Passkey.objects.exists()
    assert not Fact.objects.filter(name="members.SecondFactorAdded").exists()


def test_a_passkey_for_somebody_else_is_not_added(asha: Client, browse: Browse, cast: Cast) -> None:
    question = question_on(prove(browse(cast.ben)).get("/account/security/passkeys/add/"))
    form = {"name": "Mine", "state": question.state, "answer": SoftKey().create(question.options)}
    assert asha.post("/account/security/passkeys/add/", form).status_code == 422
    assert not Passkey.objects.exists()


def test_a_passkey_of_somebody_else_is_not_there(asha: Client, browse: Browse, cast: Cast) -> None:
    add_passkey(asha, SoftKey())
    ben, page = prove(browse(cast.ben)), f"/account/security/passkeys/{Passkey.objects.get().public_id}/"
    for answer in (ben.get(page), ben.post(page, {"name": "Mine"}), ben.post(f"{page}remove/")):
        assert answer.status_code == 404
    assert Passkey.objects.get().name == "Laptop"


def test_an_app_is_set_up_by_its_picture_or_letters(asha: Client, cast: Cast) -> None:
    page = asha.get("/account/security/app/")
    assert "<svg" in text_of(page) and "style=" not in text_of(page)
    sealed = hidden(page, "sealed")
    wrong = asha.post("/account/security/app/", {"code": "000000", "sealed": sealed})
    assert wrong.status_code == 422 and hidden(wrong, "sealed") == sealed and not CodeApp.objects.exists()
    set_up_app(asha, step())
    assert CodeApp.objects.get().person_id == cast.asha.person_id
    assert asha.post("/account/security/app/remove/")["Location"] == "/account/security/"
    assert not CodeApp.objects.exists()


@pytest.mark.parametrize("sealed", ["made up", ""])
def test_a_secret_of_ones_own_making_is_no_app(asha: Client, sealed: str) -> None:
    answer = asha.post("/account/security/app/", {"code": "123456", "sealed": sealed})
    assert answer.status_code in (400, 422) and not CodeApp.objects.exists()


def test_a_secret_sealed_for_another_is_no_app(asha: Client, browse: Browse, cast: Cast) -> None:
    page = prove(browse(cast.ben)).get("/account/security/app/")
    secret = re.findall(r'class="code">([A-Z2-7 ]+)<', page.content.decode())[0].replace(" ", "")
    form = {"code": code_at(secret, step()), "sealed": hidden(page, "sealed")}
    assert asha.post("/account/security/app/", form).status_code == 404
    assert not CodeApp.objects.exists()


def test_recovery_codes_are_shown_by_one_answer_alone(asha: Client) -> None:
    set_up_app(asha, step())
    page = text_of(asha.post("/account/security/codes/"))
    codes = re.findall(r"<li>([a-z2-9-]{14})</li>", page)
    assert len(codes) == 10 and RecoveryCode.objects.count() == 10
    file = unquote(re.findall(r'href="data:text/plain;charset=utf-8,([^"]*)"', page)[0])
    assert all(code in file for code in codes)
    assert not any(code in text_of(asha.get("/account/security/codes/")) for code in codes)


def test_no_recovery_codes_without_a_second_factor(asha: Client) -> None:
    assert asha.post("/account/security/codes/").status_code == 409
    assert not RecoveryCode.objects.exists()


def test_one_sees_where_one_is_in_and_ends_it(asha: Client, browse: Browse, cast: Cast) -> None:
    other = Client(SERVER_NAME="localhost", headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    sign_in(other, ASHA)
    page = text_of(asha.get("/account/security/"))
    assert "Firefox on Linux" in page and "This browser" in page and "from 127.0.0.1" in page
    there = SignIn.objects.latest("id")
    ben = browse(cast.ben)
    assert ben.post(f"/account/security/sign-ins/{there.public_id}/end/").status_code == 404
    assert is_in(other)
    asha.post(f"/account/security/sign-ins/{there.public_id}/end/")
    assert not is_in(other) and is_in(asha)
    sign_in(other, ASHA)
    asha.post("/account/security/sign-ins/end-others/")
    assert not is_in(other) and is_in(asha)


def test_where_the_house_asks_for_a_second_factor_the_page_says_so(asha: Client) -> None:
    Exchange.objects.create(changed_at=NOON, needs_second_factor=True)
    assert "asks everybody for a second factor" in text_of(asha.get("/account/security/"))
    add_passkey(asha, SoftKey())
    assert "asks everybody" not in text_of(asha.get("/account/security/"))
    removed = asha.post(f"/account/security/passkeys/{Passkey.objects.get().public_id}/remove/")
    assert removed.status_code == 409 and Passkey.objects.exists()


def test_an_address_is_changed_by_its_link(asha: Client, browse: Browse, cast: Cast) -> None:
    answer = asha.post("/account/security/address/", {"email": "Asha@Gems.example"})
    assert answer["Location"] == "/account/security/?done=email"
    assert "not verified" in text_of(asha.get("/account/security/"))
    page = mailed()
    visitor = browse(None)
    assert "Sign in with asha@gems.example from now on?" in text_of(visitor.get(page))
    assert Person.objects.get(pk=cast.asha.person_id).email == ASHA  # looking changes nothing
    assert "You sign in with asha@gems.example" in text_of(visitor.post(page))
    assert visitor.get(page).status_code == 404
    assert is_in(asha)


def test_an_address_of_somebody_else_is_answered_alike(asha: Client) -> None:
    free = asha.post("/account/security/address/", {"email": "free@bourse.example"})
    taken = asha.post("/account/security/address/", {"email": "ben@bourse.example"})
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert MailedLink.objects.count() == 1


def test_the_own_address_is_verified_by_a_link(asha: Client, cast: Cast) -> None:
    asha.post("/account/security/address/verify/")
    asha.post(mailed())
    assert Person.objects.get(pk=cast.asha.person_id).email_verified_at
    assert "verified" in text_of(asha.get("/account/security/"))


def test_a_forgotten_password_is_set_anew_and_every_browser_signs_in_again(
    asha: Client, browse: Browse, cast: Cast
) -> None:
    visitor = browse(None)
    visitor.post("/account/password/forgotten/", {"email": ASHA})
    page = mailed()
    assert visitor.get(page).status_code == 200
    assert visitor.post(page, {"password": "short"}).status_code == 422
    assert visitor.post(page, {"password": NEW})["Location"] == "/account/sign-in/"
    assert not is_in(visitor) and not is_in(asha)
    assert sign_in(visitor, ASHA, NEW).status_code == 302 and is_in(visitor)


def test_a_new_password_by_mail_is_no_second_factor(asha: Client, browse: Browse, cast: Cast) -> None:
    set_up_app(asha, step() - 1)
    visitor = browse(None)
    visitor.post("/account/password/forgotten/", {"email": ASHA})
    visitor.post(mailed(), {"password": NEW})
    assert sign_in(visitor, ASHA, NEW)["Location"] == "/account/sign-in/second/" and not is_in(visitor)


def test_nobody_learns_whether_an_address_is_known(asha: Client, browse: Browse) -> None:
    pages = []
    for email in (ASHA, "nobody@bourse.example"):
        answer = browse(None).post("/account/password/forgotten/", {"email": email})
        page = answer.content.decode().replace(email, "")
        pages.append((answer.status_code, re.sub(r'value="[^"]*"|>\d\d:\d\d UTC<', "", page)))
    assert pages[0] == pages[1]
    assert MailedLink.objects.count() == 1


def test_mails_cannot_be_asked_for_at_will_and_the_answer_stays_the_same(
    asha: Client, browse: Browse
) -> None:
    visitor = browse(None)
    answers = [visitor.post("/account/password/forgotten/", {"email": ASHA}) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert AuditEntry.objects.filter(act="members.ask_for_new_password").count() == 3


@pytest.mark.parametrize("page", ["/account/password/new/made-up/", "/account/address/made-up/"])
def test_a_made_up_link_is_not_there(browse: Browse, cast: Cast, page: str) -> None:
    for answer in (browse(None).get(page), browse(None).post(page, {"password": NEW})):
        assert answer.status_code == 404 and "This link no longer works" in text_of(answer)


def test_nothing_of_allauths_own_is_routed(asha: Client) -> None:
    for path in ("login", "logout", "signup", "email", "password/reset", "2fa", "reauthenticate", "inactive"):
        for prefix in ("/account/", "/accounts/", "/_allauth/"):
            assert asha.get(f"{prefix}{path}/").status_code == 404
