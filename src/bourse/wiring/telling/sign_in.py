"""What is told of signing in: links by mail, and whatever a thief would do first."""

from datetime import datetime

from bourse.members.facts import (
    EmailChanged,
    LinkAsked,
    PasswordChanged,
    RecoveryCodesDrawn,
    RecoveryCodeUsed,
    SecondFactorAdded,
    SecondFactorRemoved,
    SignedInOnNewDevice,
)
from bourse.members.queries.signing import device_of, link_mail, replaced_email
from bourse.members.ways import Purpose
from bourse.notices.actions import mail_to, tell
from bourse.notices.topics import Reason, Topic

PAGE = "/account/security/"
WAS_IT_YOU = "If it was not you, set a new password and end the other sign-ins on this page."


def link_asked(fact: LinkAsked, now: datetime) -> None:
    """The link goes to the address that it proves."""
    link = link_mail(fact.link_id)
    if link is None:
        return
    if link.purpose is Purpose.PASSWORD:
        subject, path = "Set a new password", f"/account/password/new/{link.secret}/"
        body = "Somebody asked for a new password for this address. The link is good once, for an hour."
    else:
        subject, path = "Is this your address?", f"/account/address/{link.secret}/"
        body = "The link shows that you read what is mailed here. It is good once, for a day."
    if link.is_other:
        subject = "Sign in with this address from now on?"
    mail_to(
        address=link.email,
        subject=subject,
        body=f"{body} If you did not ask for it, leave it alone: nothing changes.",
        link=path,
        once=f"link {fact.link_id}",
        now=now,
    )


def signed_in_on_new_device(fact: SignedInOnNewDevice, now: datetime) -> None:
    """The person hears of a browser that he never used here."""
    device, address = device_of(fact.sign_in_id) or ("", "")
    where = f" From the address {address}." if address else ""
    named = f" It calls itself {device}." if device else ""
    _tell(
        fact.person_id,
        f"sign-in {fact.sign_in_id}",
        "You signed in with a new browser",
        f"Somebody signed in to your account with a browser that was never used for it.{where}{named}",
        now,
    )


def password_changed(fact: PasswordChanged, now: datetime) -> None:
    """The person hears that his password is another."""
    body = "You sign in with a new password from now on; your other sign-ins were ended."
    _tell(fact.person_id, f"password {_at(fact.at)}", "Your password was changed", body, now)


def second_factor_added(fact: SecondFactorAdded, now: datetime) -> None:
    """The person hears of one more way into his account."""
    subject = "A passkey was added" if fact.what == "passkey" else "An app that shows codes was set up"
    _tell(fact.person_id, f"{fact.what} {_at(fact.at)}", subject, "It lets whoever has it in.", now)


def second_factor_removed(fact: SecondFactorRemoved, now: datetime) -> None:
    """The person hears that his account is guarded by less."""
    subject = "A passkey was removed" if fact.what == "passkey" else "The app that shows codes was removed"
    _tell(fact.person_id, f"{fact.what} gone {_at(fact.at)}", subject, "It lets nobody in any more.", now)


def recovery_codes_drawn(fact: RecoveryCodesDrawn, now: datetime) -> None:
    """The person hears of new codes on paper."""
    body = "Ten new recovery codes were made; those of before are good no longer."
    _tell(fact.person_id, f"recovery codes {_at(fact.at)}", "You have new recovery codes", body, now)


def recovery_code_used(fact: RecoveryCodeUsed, now: datetime) -> None:
    """The person hears that one of his codes on paper was used, and how many are left."""
    body = f"A recovery code was used. Codes left: {fact.left}."
    _tell(fact.person_id, f"recovery code {_at(fact.at)}", "A recovery code was used", body, now)


def email_changed(fact: EmailChanged, now: datetime) -> None:
    """The old address is told, for whoever reads it may be the one it was taken from; so is the person."""
    body = "Your account is signed in to with another address from now on."
    _tell(fact.person_id, f"address {fact.link_id}", "Your address was changed", body, now)
    if before := replaced_email(fact.link_id):
        mail_to(
            address=before,
            subject="Your account here has another address now",
            body=f"{body} If it was not you, tell whoever runs this exchange at once.",
            link="/",
            once=f"address before {fact.link_id}",
            now=now,
        )


def _tell(person_id: int, once: str, subject: str, body: str, now: datetime) -> None:
    tell(
        topic=Topic.ACCOUNT,
        people=[person_id],
        once=once,
        subject=subject,
        body=f"{body} {WAS_IT_YOU}",
        link=PAGE,
        why=Reason.OWN_ACCOUNT,
        now=now,
    )


def _at(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S%f")
