"""What of signing in is told, to whom, and where the links go."""

import pytest

from bourse.kit import outbox
from bourse.members.actions.signing import codes, mailed_links, passwords, sign_ins
from bourse.members.models.signing import MailedLink
from bourse.members.secrets import derived_secret
from bourse.members.ways import How
from bourse.notices.models import Mail, Notice
from bourse.wiring import LISTENERS
from bourse.wiring.telling import sign_in as telling
from cast import NOON, Cast
from members.signing.conftest import with_app


def deliver() -> None:
    outbox.deliver(LISTENERS, now=NOON)


def subjects(person_id: int) -> list[str]:
    return list(Notice.objects.filter(person_id=person_id).order_by("id").values_list("subject", flat=True))


def test_the_link_is_mailed_to_the_address_that_it_proves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, object]] = []
    monkeypatch.setattr(telling, "mail_to", lambda **mail: sent.append(mail))
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    mailed_links.ask_for_email(actor=cast.ben, email="new@bourse.example", now=NOON)
    deliver()
    links = [
        f"/account/{page}/{derived_secret(link.purpose, link.public_id)}/"
        for page, link in zip(("password/new", "address"), MailedLink.objects.order_by("id"), strict=True)
    ]
    assert [(mail["address"], mail["link"]) for mail in sent] == [
        ("asha@bourse.example", links[0]),
        ("new@bourse.example", links[1]),
    ]


def test_a_link_that_another_replaced_is_not_mailed(cast: Cast) -> None:
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    deliver()
    assert Mail.objects.count() == 1


def test_whatever_a_thief_would_do_first_is_told(cast: Cast) -> None:
    sign_ins.sign_in(
        person_id=cast.asha.person_id,
        session_key="x",
        how=How.PASSWORD,
        device="Chromium",
        is_new_device=True,
        now=NOON,
    )
    with_app(cast.asha)
    code = codes.draw_recovery_codes(actor=cast.asha, now=NOON)[0]
    codes.use_code(person_id=cast.asha.person_id, code=code, now=NOON)
    codes.remove_code_app(actor=cast.asha, now=NOON)
    passwords.change_password(
        actor=cast.asha, password="four words make sentences", session_key="x", now=NOON
    )
    for _ in range(2):  # told once, however often it is delivered
        deliver()
    assert subjects(cast.asha.person_id) == [
        "You signed in with a new browser",
        "An app that shows codes was set up",
        "You have new recovery codes",
        "A recovery code was used",
        "The app that shows codes was removed",
        "Your password was changed",
    ]
    assert not subjects(cast.ben.person_id)


def test_the_old_address_is_told_of_the_new_one(cast: Cast) -> None:
    mailed_links.ask_for_email(actor=cast.asha, email="asha@gems.example", now=NOON)
    link = MailedLink.objects.get()
    mailed_links.confirm_email(secret=derived_secret(link.purpose, link.public_id), now=NOON)
    deliver()
    assert subjects(cast.asha.person_id) == ["Your address was changed"]
    assert "asha@bourse.example" in Mail.objects.values_list("address", flat=True)
