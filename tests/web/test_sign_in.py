"""The way in: who comes in by what, and who does not."""

import re
import time
from typing import Any

import pytest
from django.test import Client, RequestFactory

from bourse.doors.web.account import tries
from bourse.kit.models import AuditEntry, Fact
from bourse.members.models import Person
from bourse.members.models.signing import Passkey, RecoveryCode, SignIn
from bourse.members.one_time_codes import code_at
from cast import Cast
from web.conftest import Browse, prove, text_of
from web.signing import (
    PASSWORD,
    UP,
    SoftKey,
    add_passkey,
    has_password,
    hidden,
    is_in,
    question_on,
    set_up_app,
    sign_in,
)

ASHA, BEN = "asha@bourse.example", "ben@bourse.example"
NO_MATCH = "This e-mail address and this password do not belong together"


@pytest.fixture
def visitor(browse: Browse, cast: Cast) -> Client:
    """A browser that nobody used, in a house where Asha and Ben have passwords."""
    has_password(cast.asha)
    has_password(cast.ben)
    return browse(None)


def step() -> int:
    return int(time.time()) // 30


def by_passkey(client: Client, key: SoftKey, **changed: str) -> Any:
    question = question_on(client.get("/account/sign-in/"))
    form = {"state": question.state, "answer": key.get(question.options), **changed}
    return client.post("/account/sign-in/passkey/", form)


def enrolled(browse: Browse, actor: Any) -> SoftKey:
    key = SoftKey()
    add_passkey(prove(browse(actor)), key)
    return key


def test_a_password_lets_its_person_in_and_back_to_where_he_wanted(visitor: Client) -> None:
    answer = sign_in(visitor, " ASHA@bourse.example ", next="/search/?q=1.0")
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=1.0")
    assert is_in(visitor)
    assert list(AuditEntry.objects.values_list("act", "address")) == [("members.sign_in", "127.0.0.1")]
    assert SignIn.objects.get().how == "password"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(visitor: Client, elsewhere: str) -> None:
    assert sign_in(visitor, ASHA, next=elsewhere)["Location"] == "/"


def test_the_session_is_a_new_one_after_coming_in(visitor: Client) -> None:
    sign_in(visitor, ASHA, "wrong")
    visitor.session.save()
    before = visitor.cookies.get("session")
    sign_in(visitor, ASHA)
    assert visitor.cookies["session"].value != (before.value if before else "")


def test_known_and_unknown_addresses_get_the_same_answer(visitor: Client, cast: Cast) -> None:
    Person.objects.filter(pk=cast.ben.person_id).update(is_active=False)
    has_password(cast.ben)
    pages = []
    for email, password in ((ASHA, "wrong"), ("nobody@bourse.example", "wrong"), (BEN, PASSWORD)):
        answer = sign_in(visitor, email, password)
        assert answer.status_code == 422 and NO_MATCH in text_of(answer)
        page = answer.content.decode()
        pages.append(re.sub(r'value="[^"]*"|data-options="[^"]*"|>\d\d:\d\d UTC<', "", page))
    assert len(set(pages)) == 1 and not SignIn.objects.exists()


def test_a_new_device_is_told_of_and_a_known_one_is_not(visitor: Client, browse: Browse) -> None:
    sign_in(visitor, ASHA)
    visitor.post("/account/sign-out/")
    sign_in(visitor, ASHA)
    sign_in(browse(None), ASHA)
    assert list(Fact.objects.values_list("name", flat=True)) == ["members.SignedInOnNewDevice"] * 2


def test_staying_signed_in_is_a_choice(visitor: Client, browse: Browse) -> None:
    sign_in(visitor, ASHA)
    assert not visitor.cookies["session"]["max-age"]
    staying = browse(None)
    sign_in(staying, ASHA, remember="on")
    assert staying.cookies["session"]["max-age"] == 14 * 24 * 3600


def test_who_was_not_told_to_stay_is_out_after_a_day_of_work(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(visitor, ASHA)
    begun = time.time()
    monkeypatch.setattr(time, "time", lambda: begun + 12 * 3600 - 1)
    assert is_in(visitor)
    monkeypatch.setattr(time, "time", lambda: begun + 12 * 3600 + 1)
    assert not is_in(visitor)


def test_signing_out_ends_the_session_and_clears_the_browser(visitor: Client) -> None:
    sign_in(visitor, ASHA)
    kept = visitor.cookies["session"].value
    answer = visitor.post("/account/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    visitor.cookies["session"] = kept
    assert not is_in(visitor) and not SignIn.objects.exists()


def test_an_app_is_asked_for_after_the_password(visitor: Client, browse: Browse, cast: Cast) -> None:
    secret = set_up_app(prove(browse(cast.asha)), step() - 1)
    answer = sign_in(visitor, ASHA, next="/listings/")
    assert answer["Location"] == "/account/sign-in/second/" and not is_in(visitor)
    assert "One more step" in text_of(visitor.get("/account/sign-in/second/"))
    wrong = visitor.post("/account/sign-in/second/", {"code": "000000"})
    assert wrong.status_code == 422 and 'href="#id_code"' in text_of(wrong)
    right = visitor.post("/account/sign-in/second/", {"code": code_at(secret, step())})
    assert right["Location"] == "/listings/" and is_in(visitor)
    assert SignIn.objects.get().how == "password and code"
    again = browse(None)
    sign_in(again, ASHA)
    replayed = again.post("/account/sign-in/second/", {"code": code_at(secret, step())})
    assert "This code was used" in text_of(replayed) and not is_in(again)


def test_without_the_password_nobody_is_asked_for_a_code(visitor: Client) -> None:
    for method in (visitor.get, visitor.post):
        assert method("/account/sign-in/second/")["Location"] == "/account/sign-in/"


def test_a_recovery_code_stands_in_once(visitor: Client, browse: Browse, cast: Cast) -> None:
    asha = prove(browse(cast.asha))
    set_up_app(asha, step() - 1)
    page = text_of(asha.post("/account/security/codes/"))
    code = re.findall(r"<li>([a-z2-9-]{14})</li>", page)[0]
    sign_in(visitor, ASHA)
    assert visitor.post("/account/sign-in/second/", {"code": code}).status_code == 302 and is_in(visitor)
    assert RecoveryCode.objects.filter(used_at=None).count() == 9
    other = browse(None)
    sign_in(other, ASHA)
    assert other.post("/account/sign-in/second/", {"code": code}).status_code == 422
    assert not is_in(other)


def test_a_passkey_lets_its_person_in_alone(visitor: Client, browse: Browse, cast: Cast) -> None:
    key = enrolled(browse, cast.asha)
    answer = by_passkey(visitor, key, next="/search/")
    assert answer["Location"] == "/search/"
    assert "Asha" in text_of(visitor.get("/account/company/"))
    assert SignIn.objects.get().how == "passkey"


def test_a_passkey_is_a_second_factor_too(visitor: Client, browse: Browse, cast: Cast) -> None:
    key = enrolled(browse, cast.asha)
    assert sign_in(visitor, ASHA)["Location"] == "/account/sign-in/second/"
    question = question_on(visitor.get("/account/sign-in/second/"))
    assert [one["id"] for one in question.options["allowCredentials"]]
    form = {"state": question.state, "answer": key.get(question.options)}
    assert visitor.post("/account/sign-in/second/", form).status_code == 302 and is_in(visitor)


def test_bens_passkey_is_no_second_factor_of_asha(visitor: Client, browse: Browse, cast: Cast) -> None:
    enrolled(browse, cast.asha)
    bens = SoftKey(credential_id=b"another soft key")
    add_passkey(prove(browse(cast.ben)), bens)
    sign_in(visitor, ASHA)
    question = question_on(visitor.get("/account/sign-in/second/"))
    form = {"state": question.state, "answer": bens.get(question.options)}
    assert visitor.post("/account/sign-in/second/", form).status_code == 422 and not is_in(visitor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"rp_id": "evil.example"},
        {"flags": UP},  # nobody unlocked it
        {"flags": 4},
        {"credential_id": b"nobody's key here"},
        {"handle": b"somebody else"},
    ],
)
def test_a_passkey_with_one_thing_wrong_lets_nobody_in(
    visitor: Client, browse: Browse, cast: Cast, wrong: dict[str, Any]
) -> None:
    key = enrolled(browse, cast.asha)
    for name, value in wrong.items():
        setattr(key, name, value)
    answer = by_passkey(visitor, key)
    assert answer.status_code == 422 and "There is a problem" in text_of(answer)
    assert not is_in(visitor) and not SignIn.objects.exists()


def test_a_passkey_of_another_private_half_lets_nobody_in(
    visitor: Client, browse: Browse, cast: Cast
) -> None:
    key = enrolled(browse, cast.asha)
    key.private = SoftKey().private
    assert by_passkey(visitor, key).status_code == 422 and not is_in(visitor)


def test_an_answer_is_good_once_and_for_its_own_page(
    visitor: Client, browse: Browse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = enrolled(browse, cast.asha)
    question = question_on(visitor.get("/account/sign-in/"))
    form = {"state": question.state, "answer": key.get(question.options)}
    assert visitor.post("/account/sign-in/passkey/", form).status_code == 302
    assert browse(None).post("/account/sign-in/passkey/", form).status_code == 422
    other = question_on(browse(None).get("/account/sign-in/"))
    assert browse(None).post("/account/sign-in/passkey/", form | {"state": other.state}).status_code == 422


@pytest.mark.parametrize(
    "answer",
    ["", "{}", "[]", "null", '{"rawId": "x"}', '{"rawId": 7, "response": {}}', "x" * 30_000],
)
def test_what_no_browser_answers_is_refused(visitor: Client, answer: str) -> None:
    state = hidden(visitor.get("/account/sign-in/"), "state")
    for sealed in (state, "", "made up"):
        refused = visitor.post("/account/sign-in/passkey/", {"state": sealed, "answer": answer})
        assert refused.status_code == 422, answer
    assert not is_in(visitor)


def test_a_copied_key_is_refused(visitor: Client, browse: Browse, cast: Cast) -> None:
    key = SoftKey(sign_count=7)
    add_passkey(prove(browse(cast.asha)), key)
    assert "copied" in text_of(by_passkey(visitor, key))
    key.sign_count = 8
    assert by_passkey(visitor, key).status_code == 302
    assert Passkey.objects.get().sign_count == 8


def test_after_five_wrong_passwords_one_waits_and_the_right_one_waits_too(visitor: Client) -> None:
    codes = [sign_in(visitor, ASHA, "wrong").status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
    answer = sign_in(visitor, ASHA)
    assert answer.status_code == 429 and not is_in(visitor)
    assert "Too many tries. Wait 3 minutes" in text_of(answer) and 170 <= int(answer["Retry-After"]) <= 180
    assert sign_in(visitor, BEN).status_code == 302


def test_right_passwords_are_no_tries(visitor: Client, browse: Browse) -> None:
    for _ in range(7):
        assert sign_in(browse(None), ASHA).status_code == 302


def test_the_tries_of_others_lock_nobody_out(
    visitor: Client, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10,000 tries from 2,000 addresses, through the counting alone: the hashing would take an hour."""
    known = browse(None)
    sign_in(known, ASHA)
    known.post("/account/sign-out/")
    refused = _stuff(ASHA, addresses=2000, tries_of_each=5)
    assert 10_000 - 25 <= refused <= 10_000
    assert sign_in(known, ASHA).status_code == 302  # a device of before
    slowed = sign_in(visitor, ASHA)
    assert slowed.status_code == 429 and "each takes longer for now" in text_of(slowed)
    ticket = hidden(slowed, "ticket")
    assert sign_in(visitor, ASHA, ticket=ticket).status_code == 429  # too soon
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + tries.SLOW_S + 1)
    ticket = hidden(slowed, "ticket")
    assert sign_in(visitor, BEN, ticket=ticket).status_code == 302  # whom nobody tried
    assert sign_in(browse(None), ASHA, ticket=ticket).status_code == 302
    assert sign_in(browse(None), ASHA, ticket=ticket).status_code == 429  # once
    assert sign_in(browse(None), ASHA, ticket=ticket + "x").status_code == 429


def _stuff(email: str, addresses: int, tries_of_each: int) -> int:
    """How many tries of a stuffing run were refused before any password was looked at."""
    refused = 0
    for number in range(addresses):
        request = _request(f"10.{number >> 8}.{number & 255}.7")
        for _ in range(tries_of_each):
            try:
                tries.password_try(request, email, "", "")
            except (tries.TooManyTries, tries.SlowDown):
                refused += 1
    return refused


def _request(address: str) -> Any:
    return RequestFactory().post("/account/sign-in/", REMOTE_ADDR=address)


def test_one_address_that_tries_everybody_is_slowed(visitor: Client) -> None:
    request = _request("203.0.113.9")
    for number in range(100):
        tries.password_try(request, f"nobody{number}@bourse.example", "", "")
    with pytest.raises(tries.SlowDown):
        tries.password_try(request, "one.more@bourse.example", "", "")
    assert sign_in(visitor, ASHA).status_code == 302  # from elsewhere


def test_codes_cannot_be_tried_at_will(visitor: Client, browse: Browse, cast: Cast) -> None:
    secret = set_up_app(prove(browse(cast.asha)), step() - 1)
    sign_in(visitor, ASHA)
    codes = [visitor.post("/account/sign-in/second/", {"code": f"00000{n}"}).status_code for n in range(6)]
    assert codes == [422] * 5 + [429]
    late = visitor.post("/account/sign-in/second/", {"code": code_at(secret, step())})
    assert late.status_code == 429 and not is_in(visitor)


def test_who_is_in_is_led_on(browse: Browse, cast: Cast) -> None:
    asha = browse(cast.asha)
    assert asha.get("/account/sign-in/?next=/search/")["Location"] == "/search/"
    assert asha.post("/account/sign-in/passkey/", {})["Location"] == "/account/sign-in/"
