"""What is told of a company's keys: its owners answer for what programs do in its name."""

from datetime import datetime

from bourse.members.actor import Role
from bourse.members.facts import KeyMade, KeyRevoked, KeyRotated
from bourse.members.queries import key_news
from bourse.notices.actions import emit, tell_company
from bourse.notices.topics import Reason, Topic


def key_made(fact: KeyMade, now: datetime) -> None:
    """A new key: whoever did not make it ought to know of it."""
    if news := key_news(fact.key_id):
        _tell(
            fact.company_id,
            once=f"key {news.public_id} made",
            subject=f"A key was made: {news.name}",
            body=f"It begins with {news.prefix}. If nobody of you made it, revoke it.",
            now=now,
        )
        _emit(fact.company_id, "key.made", {"key": news.public_id}, f"key {news.public_id} made", now)


def key_rotated(fact: KeyRotated, now: datetime) -> None:
    """Another key in the place of an old one."""
    new, old = key_news(fact.key_id), key_news(fact.old_key_id)
    if new and old:
        _tell(
            fact.company_id,
            once=f"key {new.public_id} rotated",
            subject=f"A key was replaced: {new.name}",
            body=f"The new one begins with {new.prefix}. Give it to every program that uses {old.prefix}.",
            now=now,
        )
        data = {"key": new.public_id, "old_key": old.public_id}
        _emit(fact.company_id, "key.rotated", data, f"key {new.public_id} rotated", now)


def key_revoked(fact: KeyRevoked, now: datetime) -> None:
    """A key that opens nothing any more."""
    if news := key_news(fact.key_id):
        _tell(
            fact.company_id,
            once=f"key {news.public_id} revoked",
            subject=f"A key was revoked: {news.name}",
            body=f"Programs that use {news.prefix} are refused from now on.",
            now=now,
        )
        _emit(fact.company_id, "key.revoked", {"key": news.public_id}, f"key {news.public_id} revoked", now)


def _tell(company_id: int, *, once: str, subject: str, body: str, now: datetime) -> None:
    tell_company(
        company_id,
        topic=Topic.COMPANY,
        once=once,
        subject=subject,
        body=body,
        link="/account/keys/",
        why=Reason.OWNER,
        now=now,
        roles=(Role.OWNER,),
    )


def _emit(company_id: int, event: str, data: dict[str, str], once: str, now: datetime) -> None:
    emit(company_id=company_id, event=event, data=data, once=once, now=now)
