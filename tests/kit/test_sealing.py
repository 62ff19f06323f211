"""The audit: added to, sealed in blocks, and whatever is changed afterwards is found and placed (R-11)."""

import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import Error, connection, transaction

from bourse.kit import audit, sealing
from bourse.kit.models import AuditBlock, AuditEntry
from bourse.kit.sealing import Anchor, Broken, anchor, anchor_anew, anchors, seal, verify
from cast import NOON

pytestmark = pytest.mark.django_db
Record = Callable[[str, object], None]
BLOCKS, ENTRIES = 8, 5


def acts(count: int) -> None:
    """As many acts of one person."""
    for number in range(count):
        audit.record(
            "market.change_ask",
            person_id=7,
            company_id=3,
            about=f"listing {number}",
            before={"ask_cents": 100 * number},
            after={"ask_cents": 100 * number + 1, "availability": "On memo"},
            now=NOON + timedelta(seconds=number),
        )


@pytest.fixture
def anchored() -> dict[int, str]:
    """Eight sealed blocks of five acts, and what was anchored of them."""
    kept: dict[int, str] = {}
    for number in range(1, BLOCKS + 1):
        acts(ENTRIES)
        sealed = seal(now=NOON)
        assert sealed is not None
        assert sealed.number == number
        kept[number] = sealed.hash
    return kept


def test_an_act_keeps_from_where_it_came() -> None:
    token = audit.origin.set(audit.Origin(address="192.0.2.7", request_id="r-1", key="k-1"))
    acts(1)
    audit.origin.reset(token)
    acts(1)
    kept = AuditEntry.objects.order_by("id").values_list("address", "request_id", "key", "act", "before")
    assert list(kept) == [
        ("192.0.2.7", "r-1", "k-1", "market.change_ask", {"ask_cents": 0}),
        ("", "", "", "market.change_ask", {"ask_cents": 0}),
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kit_auditentry SET act = 'x'",
        "UPDATE kit_auditentry SET block_id = NULL",
        "DELETE FROM kit_auditentry",
        "UPDATE kit_auditblock SET hash = 'x'",
        "DELETE FROM kit_auditblock",
    ],
)
def test_the_database_refuses_every_change_of_what_was_written(anchored: dict[int, str], sql: str) -> None:
    with pytest.raises(Error, match="is only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify(anchored) == []


def test_nothing_waiting_makes_no_block() -> None:
    assert seal(now=NOON) is None
    assert not AuditBlock.objects.exists()


def test_each_block_holds_the_hash_of_the_one_before(anchored: dict[int, str]) -> None:
    held = list(AuditBlock.objects.order_by("number").values_list("number", "entries", "previous_hash"))
    before = [sealing.BEFORE_THE_FIRST, *anchored.values()]
    assert held == [(number, ENTRIES, before[number - 1]) for number in range(1, BLOCKS + 1)]
    assert verify(anchored) == []


def test_what_waits_unsealed_breaks_nothing(anchored: dict[int, str]) -> None:
    acts(2)
    assert verify(anchored) == []


def test_an_anchor_is_kept_past_a_line_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "audit" / "anchors"
    assert anchors(file) == {}
    anchor(Anchor(1, "a" * 64), file)
    with file.open("a") as out:
        out.write('{"number": 2, "ha')
    assert anchors(file) == {1: "a" * 64}


def test_after_a_restore_the_anchors_are_those_of_the_chain_that_came_back(
    anchored: dict[int, str], tmp_path: Path
) -> None:
    file = tmp_path / "anchors"
    anchor(Anchor(99, "f" * 64), file)
    anchor_anew(file)
    assert anchors(file) == anchored


def tampered(dice: random.Random) -> str:
    """One change, made by somebody to whom the database's triggers mean nothing; its name."""
    entries = list(AuditEntry.objects.order_by("id").values_list("id", "block_id"))
    (one, its), (other, others) = dice.sample(entries, 2)
    while its == others:
        other, others = dice.choice(entries)
    column = dice.choice(["act", "about", "address", "request_id", "key"])
    block, next_block = dice.sample(range(1, BLOCKS + 1), 2)
    cut = dice.randint(1, BLOCKS)
    changes = {
        f"edited {column}": f"UPDATE kit_auditentry SET {column} = {column} || 'x' WHERE id = {one}",
        "edited at": f"UPDATE kit_auditentry SET at = at + interval '1 microsecond' WHERE id = {one}",
        "edited person": f"UPDATE kit_auditentry SET person_id = person_id + 1 WHERE id = {one}",
        "edited after": "UPDATE kit_auditentry SET after = jsonb_set(after, '{ask_cents}', '99')"
        f" WHERE id = {one}",
        "deleted": f"DELETE FROM kit_auditentry WHERE id = {one}",
        "inserted": "INSERT INTO kit_auditentry (at, act, about, before, after, address, request_id, key,"
        f" block_id) SELECT at, act, about, before, after, address, request_id, key, {block}"
        f" FROM kit_auditentry WHERE id = {one}",
        "reordered": f"UPDATE kit_auditentry SET id = CASE id WHEN {one} THEN -{other} ELSE -{one} END"
        f" WHERE id IN ({one}, {other});"
        f"UPDATE kit_auditentry SET id = -id WHERE id < 0",
        "moved": f"UPDATE kit_auditentry SET block_id = {others} WHERE id = {one}",
        "unsealed": f"UPDATE kit_auditentry SET block_id = NULL WHERE id = {one}",
        "swapped blocks": f"UPDATE kit_auditentry SET block_id = CASE block_id WHEN {block} THEN {next_block}"
        f" ELSE {block} END WHERE block_id IN ({block}, {next_block})",
        "cut the end off": f"DELETE FROM kit_auditentry WHERE block_id >= {cut};"
        f"DELETE FROM kit_auditblock WHERE number >= {cut}",
        "took a block out": f"DELETE FROM kit_auditentry WHERE block_id = {block};"
        f"DELETE FROM kit_auditblock WHERE number = {block}",
        "edited a hash": f"UPDATE kit_auditblock SET hash = repeat('0', 63) || '1' WHERE number = {block}",
    }
    name = dice.choice(sorted([*changes, "wrote the chain anew"]))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        if name == "wrote the chain anew":
            write_anew(cut)
        else:
            cursor.execute(changes[name])
        cursor.execute("SET LOCAL session_replication_role = origin")
    return name


def write_anew(first: int) -> None:
    """The chain from this block on sealed again over other entries, by somebody who knows how."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_auditentry SET act = 'x', block_id = NULL WHERE block_id >= %s", [first])
        cursor.execute("DELETE FROM kit_auditblock WHERE number >= %s", [first])
    while seal(now=NOON):
        pass


def tamper_often(times: int, seed: int, anchored: dict[int, str]) -> dict[str, int]:
    """How often each change was made; every one is found, at a block that it touched or that follows it."""
    dice = random.Random(seed)
    made: dict[str, int] = {}
    for _ in range(times):
        with transaction.atomic():
            name = tampered(dice)
            found = verify(anchored)
            assert found, (name, seed)
            assert all(1 <= one.block <= BLOCKS and one.sentence.endswith(".") for one in found), found
            transaction.set_rollback(True)
        made[name] = made.get(name, 0) + 1
    assert verify(anchored) == []
    return made


def test_a_hundred_tamperings_are_found(anchored: dict[int, str]) -> None:
    made = tamper_often(100, 11, anchored)
    assert sum(made.values()) == 100


@pytest.mark.long
def test_a_thousand_tamperings_are_found(anchored: dict[int, str], record_property: Record) -> None:
    seed = int(os.environ.get("BOURSE_SEED", "11"))
    made = tamper_often(1000, seed, anchored)
    record_property("tamperings", made)
    assert len(made) == 18


def test_a_change_is_placed(anchored: dict[int, str]) -> None:
    third = AuditBlock.objects.get(number=3)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE kit_auditentry SET act = 'x' WHERE id = %s", [third.first_id])
        cursor.execute("SET LOCAL session_replication_role = origin")
    span = f"{third.first_id} and {third.last_id}"
    assert verify(anchored) == [Broken(3, f"The block, or an entry between {span}, is not as it was sealed.")]
