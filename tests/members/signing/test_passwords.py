"""Passwords, changed and set anew, and the links by mail."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password

from bourse.kit.models import Fact
from bourse.members.actions import EmailNotValid, EmailTaken, LinkNotValid, PasswordTooWeak
from bourse.members.actions.signing import mailed_links, passwords
from bourse.members.models import Person
from bourse.members.models.signing import MailedLink, SignIn
from bourse.members.queries.signing import has_second_factor, mailed_link
from bourse.members.secrets import derived_secret
from bourse.members.ways import Purpose
from cast import NOON, Cast
from members.signing.conftest import PASSWORD, Entered, acts, facts, nothing_moved, with_app

STOLEN = "correct horse battery staple"


def person_of(actor: object) -> Person:
    return Person.objects.get(pk=actor.person_id)  # type: ignore[attr-defined]


def mailed() -> str:
    """The secret of the link that was asked for last."""
    link = MailedLink.objects.latest("id")
    return derived_secret(link.purpose, link.public_id)


def test_a_new_password_ends_the_other_sign_ins(cast: Cast, entered: Entered) -> None:
    here, _, bens = entered(cast.asha), entered(cast.asha), entered(cast.ben)
    passwords.change_password(actor=cast.asha, password=PASSWORD, session_key=here.session_key, now=NOON)
    assert check_password(PASSWORD, person_of(cast.asha).password)
    assert set(SignIn.objects.values_list("pk", flat=True)) == {here.pk, bens.pk}
    assert (acts()[-1], facts()[-1]) == ("members.change_password", "members.PasswordChanged")


@pytest.mark.parametrize("weak", ["short", "asha@bourse.example", "password1234", STOLEN])
def test_a_weak_password_moves_nothing(
    cast: Cast, entered: Entered, weak: str, settings: object, tmp_path: object
) -> None:
    listed = tmp_path / "stolen"  # type: ignore[operator]
    listed.write_text(f"{STOLEN}\n")
    setattr(settings, "BREACHED_PASSWORDS", str(listed))  # noqa: B010
    entered(cast.asha)
    before = acts(), facts()
    with pytest.raises(PasswordTooWeak):
        passwords.change_password(actor=cast.asha, password=weak, session_key="", now=NOON)
    assert nothing_moved(before) and SignIn.objects.count() == 1
    assert not person_of(cast.asha).password


def test_who_reads_the_mail_sets_a_new_password_once(cast: Cast, entered: Entered) -> None:
    entered(cast.asha)
    assert passwords.ask_for_new_password(email=" Asha@Bourse.example ", now=NOON)
    secret = mailed()
    assert passwords.set_new_password(secret=secret, password=PASSWORD, now=NOON).email_verified_at is None
    assert person_of(cast.asha).email_verified_at == NOON
    assert not SignIn.objects.exists()
    with pytest.raises(LinkNotValid):
        passwords.set_new_password(secret=secret, password="another four words here", now=NOON)
    assert check_password(PASSWORD, person_of(cast.asha).password)


def test_a_new_password_takes_no_second_factor_away(cast: Cast) -> None:
    with_app(cast.asha)
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    passwords.set_new_password(secret=mailed(), password=PASSWORD, now=NOON)
    assert has_second_factor(cast.asha.person_id)


def test_nothing_is_sent_to_an_address_that_nobody_signs_in_with(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ben.person_id).update(is_active=False)
    for email in ("nobody@bourse.example", "ben@bourse.example", "", "no address"):
        assert not passwords.ask_for_new_password(email=email, now=NOON)
    assert nothing_moved(([], [])) and not MailedLink.objects.exists()


def test_a_refused_password_leaves_the_link_good(cast: Cast) -> None:
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    with pytest.raises(PasswordTooWeak):
        passwords.set_new_password(secret=mailed(), password="short", now=NOON)
    assert passwords.set_new_password(secret=mailed(), password=PASSWORD, now=NOON)


def test_a_link_for_a_password_lives_an_hour_and_the_next_one_ends_it(cast: Cast) -> None:
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    first = mailed()
    late = NOON + timedelta(hours=1)
    with pytest.raises(LinkNotValid):
        passwords.set_new_password(secret=first, password=PASSWORD, now=late)
    passwords.ask_for_new_password(email="asha@bourse.example", now=late)
    for wrong in (first, "", "x" * 43):
        with pytest.raises(LinkNotValid):
            passwords.set_new_password(secret=wrong, password=PASSWORD, now=late)
    assert not person_of(cast.asha).password


def test_a_link_is_good_for_its_purpose_alone(cast: Cast) -> None:
    mailed_links.ask_for_verification(actor=cast.asha, now=NOON)
    with pytest.raises(LinkNotValid):
        passwords.set_new_password(secret=mailed(), password=PASSWORD, now=NOON)
    assert mailed_link(mailed(), Purpose.ADDRESS, now=NOON).email == "asha@bourse.example"


def test_the_secret_of_a_link_is_in_no_table(cast: Cast) -> None:
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    kept = [
        *MailedLink.objects.values_list("secret_hash", flat=True),
        *Fact.objects.values_list("body", flat=True),
    ]
    assert mailed() not in str(kept) and "asha" not in str(Fact.objects.values_list("body", flat=True))


def test_an_address_is_changed_by_who_reads_the_new_one(cast: Cast) -> None:
    mailed_links.ask_for_email(actor=cast.asha, email="Asha@Gems.example", now=NOON)
    assert person_of(cast.asha).email == "asha@bourse.example"
    assert mailed_link(mailed(), Purpose.ADDRESS, now=NOON).is_other
    assert mailed_links.confirm_email(secret=mailed(), now=NOON) is True
    changed = person_of(cast.asha)
    assert (changed.email, changed.email_verified_at) == ("asha@gems.example", NOON)
    assert MailedLink.objects.get().replaced_email == "asha@bourse.example"
    assert (acts()[-1], facts()[-1]) == ("members.confirm_email", "members.EmailChanged")


def test_a_link_mailed_to_the_old_address_opens_nothing_after_the_change(cast: Cast) -> None:
    mailed_links.ask_for_email(actor=cast.asha, email="asha@gems.example", now=NOON)
    confirming = mailed()
    passwords.ask_for_new_password(email="asha@bourse.example", now=NOON)
    resetting = mailed()
    mailed_links.confirm_email(secret=confirming, now=NOON)
    with pytest.raises(LinkNotValid):
        passwords.set_new_password(secret=resetting, password=PASSWORD, now=NOON)


def test_verifying_the_own_address_changes_nothing_else(cast: Cast) -> None:
    mailed_links.ask_for_verification(actor=cast.asha, now=NOON)
    assert mailed_links.confirm_email(secret=mailed(), now=NOON) is False
    assert "members.EmailChanged" not in facts()
    with pytest.raises(LinkNotValid):
        mailed_links.confirm_email(secret=mailed(), now=NOON)


def test_the_address_of_somebody_else_is_asked_for_in_vain_and_in_silence(cast: Cast) -> None:
    mailed_links.ask_for_email(actor=cast.asha, email="ben@bourse.example", now=NOON)
    assert not MailedLink.objects.exists() and not facts()
    with pytest.raises(EmailNotValid):
        mailed_links.ask_for_email(actor=cast.asha, email="ben", now=NOON)


def test_an_address_that_was_taken_meanwhile_is_not_taken_twice(cast: Cast) -> None:
    mailed_links.ask_for_email(actor=cast.asha, email="new@bourse.example", now=NOON)
    Person.objects.filter(pk=cast.ben.person_id).update(email="new@bourse.example")
    with pytest.raises(EmailTaken):
        mailed_links.confirm_email(secret=mailed(), now=NOON)
    assert person_of(cast.asha).email == "asha@bourse.example"
    assert "members.EmailChanged" not in facts()
