"""Seals the audit in blocks, each holding the hash of the one before, and finds what was changed later.

One sealer at a time takes the entries that no block holds. A block's hash is SHA-256 over its number, the
hash before, and its entries in one fixed spelling; so an entry edited, deleted, added or swapped breaks
the block that held it. Whoever writes the whole chain anew, or cuts its end off, is found by the anchors: the
number and hash of each block, added to a file outside the database as it is sealed. An entry can be changed
unseen only before it is sealed, which is seconds after its order.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Sum

from bourse.kit import marks
from bourse.kit.models import AuditBlock, AuditEntry

MOST_IN_A_BLOCK = 10_000
FETCHED_AT_ONCE = 5_000
BEFORE_THE_FIRST = "0" * 64
ANCHORS = "audit/anchors"  # below the data folder
CHECKED, MOST_KEPT = "audit check", 20
COLUMNS = (
    "id",
    "at",
    "act",
    "person_id",
    "company_id",
    "about",
    "before",
    "after",
    "address",
    "request_id",
    "key",
)
_spelling = msgspec.json.Encoder(order="deterministic")
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('audit sealer', 0))"
# ruff: noqa: S608  the statements are made of this module's own names; every value is passed apart
_WAITING = f"""SELECT {", ".join(COLUMNS)} FROM kit_auditentry
               WHERE block_id IS NULL ORDER BY id LIMIT {MOST_IN_A_BLOCK} FOR UPDATE"""
_SEALED = f"""SELECT block_id, {", ".join(COLUMNS)} FROM kit_auditentry
              WHERE block_id IS NOT NULL ORDER BY block_id, id"""
Row = tuple[Any, ...]


class Broken(msgspec.Struct, frozen=True):
    """A place where the audit is not as it was sealed."""

    block: int
    sentence: str


class Anchor(msgspec.Struct, frozen=True):
    """The hash that a block had when it was sealed, as kept outside the database."""

    number: int
    hash: str


@transaction.atomic
def seal(*, now: datetime) -> Anchor | None:
    """A new block over the entries that wait, and its anchor; None where nothing waits or another seals."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_WAITING)
        waiting: list[Row] = cursor.fetchall()
    if not waiting:
        return None
    last = AuditBlock.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEFORE_THE_FIRST)
    block = AuditBlock.objects.create(
        number=number,
        first_id=waiting[0][0],
        last_id=waiting[-1][0],
        entries=len(waiting),
        previous_hash=previous,
        hash=_hash(number, previous, waiting),
        sealed_at=now,
    )
    AuditEntry.objects.filter(pk__in=[entry[0] for entry in waiting]).update(block=block)
    return Anchor(number, block.hash)


def anchor(sealed: Anchor, file: Path) -> None:
    """Add the anchor to the file; on the disk before this returns."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps({"number": sealed.number, "hash": sealed.hash}) + "\n"
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def anchors(file: Path) -> dict[int, str]:
    """The hash of each block that the file anchors; a line that a crash cut short counts for nothing."""
    if not file.exists():
        return {}
    kept = (_anchor_of(line) for line in file.read_text().splitlines())
    return {one.number: one.hash for one in kept if one}


def anchor_anew(file: Path) -> None:
    """Write the file from the chain as it stands: after a restore the database holds an older one."""
    lines = [
        json.dumps({"number": number, "hash": digest}) + "\n"
        for number, digest in AuditBlock.objects.order_by("number").values_list("number", "hash")
    ]
    fresh = file.with_suffix(".new")
    fresh.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh.write_text("".join(lines))
    fresh.chmod(0o600)
    fresh.replace(file)


def verify(anchored: Mapping[int, str]) -> list[Broken]:
    """Every block that is not as it was sealed, in their order; an empty list where all is whole."""
    blocks = {block.number: block for block in AuditBlock.objects.order_by("number")}
    found = dict(_resealed(blocks))
    gone = [Broken(number, "An anchored block is gone.") for number in anchored if number not in blocks]
    broken = [
        *_chain(blocks.values()),
        *(_of_block(block, *found.get(block.number, (0, ""))) for block in blocks.values()),
        *(_of_anchor(block, anchored.get(block.number)) for block in blocks.values()),
        *gone,
    ]
    return sorted((one for one in broken if one), key=lambda one: one.block)


class Check(msgspec.Struct, frozen=True):
    """What the last check of the chain found, and how long it took."""

    at: datetime
    took_ms: int
    blocks: int
    entries: int
    broken: list[Broken]


class Chain(msgspec.Struct, frozen=True):
    """How the chain stands: its last block, what no block holds yet, the last anchor, the last check."""

    blocks: int
    sealed_at: datetime | None
    hash: str
    waiting: int
    anchored: int
    check: Check | None


def chain() -> Chain:
    """How the chain stands now."""
    last = AuditBlock.objects.order_by("-number").first()
    kept = marks.word(CHECKED)
    return Chain(
        blocks=last.number if last else 0,
        sealed_at=last.sealed_at if last else None,
        hash=last.hash if last else "",
        waiting=AuditEntry.objects.filter(block=None).count(),
        anchored=max(anchors(settings.HOME / ANCHORS), default=0),
        check=msgspec.json.decode(kept, type=Check) if kept else None,
    )


def check(*, now: datetime) -> Check:
    """Verify the whole chain against its anchors, and remember what was found."""
    began = monotonic()
    broken = verify(anchors(settings.HOME / ANCHORS))
    blocks = AuditBlock.objects.aggregate(blocks=Count("number"), entries=Sum("entries"))
    took_ms = round((monotonic() - began) * 1000)
    found = Check(now, took_ms, blocks["blocks"], blocks["entries"] or 0, broken[:MOST_KEPT])
    marks.mark(CHECKED, msgspec.json.encode(found).decode(), now=now)
    return found


def _chain(blocks: Iterable[AuditBlock]) -> Iterator[Broken]:
    """Numbers without a gap, and each block holding the hash of the one before."""
    number, previous = 0, BEFORE_THE_FIRST
    for block in blocks:
        if block.number != number + 1:
            yield Broken(number + 1, "A block is missing.")
        elif block.previous_hash != previous:
            yield Broken(block.number, "The block does not follow the one before.")
        number, previous = block.number, block.hash


def _of_block(block: AuditBlock, entries: int, digest: str) -> Broken | None:
    if entries != block.entries:
        return Broken(block.number, f"The block sealed {block.entries} entries and holds {entries}.")
    if digest != block.hash:
        span = f"{block.first_id} and {block.last_id}"
        return Broken(block.number, f"The block, or an entry between {span}, is not as it was sealed.")
    return None


def _of_anchor(block: AuditBlock, anchored: str | None) -> Broken | None:
    if anchored in (None, block.hash):
        return None
    return Broken(block.number, "The block is not the one that was anchored.")


def _resealed(blocks: Mapping[int, AuditBlock]) -> Iterator[tuple[int, tuple[int, str]]]:
    """How many entries each block holds now, and the hash that they give."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = FETCHED_AT_ONCE  # type: ignore[attr-defined]
        cursor.execute(_SEALED)
        for number, rows in groupby(cursor, key=itemgetter(0)):
            entries = [row[1:] for row in rows]
            previous = blocks[number].previous_hash if number in blocks else ""
            yield number, (len(entries), _hash(number, previous, entries))


def _hash(number: int, previous: str, entries: Iterable[Row]) -> str:
    digest = hashlib.sha256(_spelling.encode([number, previous]))
    for entry in entries:
        # The two columns of JSON come as the database's text: their spelling is ours, not a version's.
        before, after = (msgspec.json.decode(text) for text in entry[6:8])
        digest.update(_spelling.encode([*entry[:6], before, after, *entry[8:]]))
    return digest.hexdigest()


def _anchor_of(line: str) -> Anchor | None:
    try:
        return msgspec.json.decode(line, type=Anchor)
    except msgspec.DecodeError:
        return None
