"""How often one may try to sign in, and why nobody is locked out by the tries of others.

Tries are counted for an address and an account together; on a device where the person signed in before, for
that device alone. Very many for one account or from one address only slow the next down: the form comes back
with a ticket that is good some seconds later. Passkeys cannot be guessed: only the work they make is limited.
"""

import time
from dataclasses import dataclass
from secrets import token_urlsafe

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext

from bourse.doors.web.account import devices
from bourse.doors.web.address import client_address, household
from bourse.kit import buckets
from bourse.kit.refusal import Refusal
from bourse.kit.sealed import SealBroken, seal, sealed_at, unseal

SLOW_S, TICKET_LIVES_S = 10, 300
TICKET = "ticket of a slow sign-in"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and as many again spread over the seconds."""

    burst: int
    in_s: float


PAIR = Limit(5, 900)
ACCOUNT = Limit(25, 3600)
ADDRESS = Limit(100, 3600)
SECOND = Limit(5, 900)
SECOND_OF_ALL = Limit(50, 3600)
AGAIN = Limit(5, 900)
PASSKEYS_OF_ADDRESS = Limit(120, 600)  # each costs a signature to check
MAILS = Limit(3, 3600)
MAILS_TO_ADDRESS = Limit(10, 24 * 3600)
MAILS_FROM_ADDRESS = Limit(30, 3600)


class TooManyTries(Refusal):
    """One has to wait before the next try."""

    status = 429

    def __init__(self, sentence: str, wait_s: float) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class SlowDown(Refusal):
    """The account or the address is under many tries: the next is good with this ticket, some seconds on."""

    status = 429

    def __init__(self, sentence: str, ticket: str) -> None:
        super().__init__(sentence)
        self.ticket, self.wait_s = ticket, float(SLOW_S)


@dataclass(frozen=True, slots=True)
class Counted:
    """A try that was counted; one that succeeds was none."""

    keys: tuple[str, ...]

    def succeeded(self) -> None:
        """Undo the count: only what failed counts."""
        for key in self.keys:
            buckets.give_back(key)


def password_try(request: HttpRequest, email: str, person_id: str, ticket: str) -> Counted:
    """Count a try of a password before it is looked at; refused where there were too many."""
    account, address = email.strip().lower(), household(client_address(request))
    if person_id and devices.knows(request, person_id):
        return _counted(("device", devices.name(request), account), PAIR)
    counted = _counted(("pair", address, account), PAIR)
    crowded = [
        key
        for key, limit in ((("account", account), ACCOUNT), (("address", address), ADDRESS))
        if not _take(key, limit).ok
    ]
    if crowded and not _is_good(ticket, account, address):
        counted.succeeded()
        raise SlowDown(_slow_sentence(), _new_ticket(account, address))
    return counted


def second_factor_try(request: HttpRequest, person_id: str) -> Counted:
    """Count a try of a code of somebody whose password was right."""
    if devices.knows(request, person_id):
        return _counted(("second device", devices.name(request), person_id), SECOND)
    counted = _counted(("second pair", household(client_address(request)), person_id), SECOND)
    try:
        return Counted((*counted.keys, *_counted(("second", person_id), SECOND_OF_ALL).keys))
    except TooManyTries:
        counted.succeeded()
        raise


def again_try(session_key: str) -> Counted:
    """Count a try of somebody who is signed in to show once more who he is."""
    return _counted(("again", session_key), AGAIN)


def passkey_try(request: HttpRequest) -> None:
    """Count a passkey shown by an address: only the work of checking it is limited."""
    _counted(("passkeys", household(client_address(request))), PASSKEYS_OF_ADDRESS)


def may_mail(request: HttpRequest, email: str) -> bool:
    """Whether one more mail to the address may be asked for from here; the asker is not told."""
    account, address = email.strip().lower(), household(client_address(request))
    asked = (
        (("mails of", address), MAILS_FROM_ADDRESS),
        (("mails", address, account), MAILS),
        (("mails to", account), MAILS_TO_ADDRESS),
    )
    return all(_take(key, limit).ok for key, limit in asked)


def once(word: str, seconds: float) -> bool:
    """Whether this is the first time in so many seconds that the word is said."""
    return buckets.take(f"once {word}", per_s=1 / seconds, burst=1).ok


def _counted(key: tuple[str, ...], limit: Limit) -> Counted:
    taken = _take(key, limit)
    if not taken.ok:
        minutes = max(1, -(-int(taken.wait_s) // 60))
        raise TooManyTries(_wait_sentence(minutes), taken.wait_s)
    return Counted((_text(key),))


def _take(key: tuple[str, ...], limit: Limit) -> buckets.Taken:
    return buckets.take(_text(key), per_s=limit.burst / limit.in_s, burst=limit.burst)


def _text(key: tuple[str, ...]) -> str:
    return msgspec.json.encode(("tries", *key)).decode()


def _new_ticket(account: str, address: str) -> str:
    return seal(TICKET, msgspec.json.encode((account, address, token_urlsafe(9))).decode())


def _is_good(ticket: str, account: str, address: str) -> bool:
    """Whether the ticket is this account's and address's, is old enough, and was never used."""
    try:
        said = msgspec.json.decode(
            unseal(TICKET, ticket, max_age_s=TICKET_LIVES_S), type=tuple[str, str, str]
        )
        is_old_enough = time.time() - sealed_at(TICKET, ticket) >= SLOW_S
    except SealBroken:
        return False
    # By what was sealed: the same seal can be written in more than one way.
    return said[:2] == (account, address) and is_old_enough and once(said[2], TICKET_LIVES_S)


def _wait_sentence(minutes: int) -> str:
    if minutes == 1:
        return gettext("Too many tries. Wait a minute, then try once more.")
    return gettext("Too many tries. Wait %(minutes)s minutes, then try once more.") % {"minutes": minutes}


def _slow_sentence() -> str:
    return gettext(
        "Very many tries were made on this account or from your network, so each takes longer for now. "
        "Wait ten seconds, enter the password again and send it. A passkey lets you in at once."
    )
