"""Keys: made once, told by their checksum, put in another's place, revoked at once; and who used them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bourse.kit import marks, spool
from bourse.kit.models import AuditEntry
from bourse.kit.refusal import NotThere, Refusal
from bourse.members import actions, queries
from bourse.members.actions import RequestLine
from bourse.members.actions.requests import KEPT, MARK
from bourse.members.actor import Actor, Role, Scope
from bourse.members.key_text import LENGTH, is_well_written, new_key
from bourse.members.models import ApiKey, ApiRequest, Membership
from bourse.members.queries import KeyState, WantedRequests
from bourse.members.refusals import OnlyOwnersKeepKeys
from cast import NOON, Cast

LATER = NOON + timedelta(days=1)


def made(actor: Actor, **chosen: object) -> actions.MadeKey:
    given: dict[str, object] = {"name": "Stock", "scopes": [Scope.MANAGE_STOCK], "expires_at": None}
    return actions.make_key(actor=actor, **(given | chosen), now=NOON)  # type: ignore[arg-type]


def test_a_key_is_told_once_and_only_its_hash_is_kept(cast: Cast) -> None:
    key = made(cast.asha)
    kept = ApiKey.objects.get()
    assert key.secret.startswith(f"bourse_live_{kept.prefix}_") and len(key.secret) == LENGTH
    assert key.secret not in str(vars(kept)) and key.secret[-4:] == kept.last_four
    (view,) = queries.keys_of(cast.asha, NOON)
    assert view.shown == f"bourse_live_{kept.prefix}_…{key.secret[-4:]}"
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.about) == ("members.make_key", f"key {key.public_id}")
    assert key.secret[20:40] not in str(vars(entry))


def test_a_slip_of_the_pen_is_told_from_a_key_that_is_not_known(cast: Cast) -> None:
    secret = new_key().whole
    assert is_well_written(secret)
    for wrong in (
        secret[:-1],
        secret + "x",
        secret.replace("_live_", "_Live_"),
        secret[:30] + "é" + secret[31:],
    ):
        assert not is_well_written(wrong)
    for place in range(20, LENGTH):
        other = "a" if secret[place] != "a" else "b"
        assert not is_well_written(secret[:place] + other + secret[place + 1 :])
    with pytest.raises(queries.KeyMistyped):
        queries.caller_of(secret[:-1], NOON)
    with pytest.raises(queries.KeyUnknown):
        queries.caller_of(secret, NOON)


@pytest.mark.parametrize(("who", "role"), [("asha", Role.TRADER), ("ben", Role.TRADER)])
def test_a_key_asks_as_a_trader_of_its_company(cast: Cast, who: str, role: Role) -> None:
    owner: Actor = getattr(cast, who)
    key = made(owner)
    caller = queries.caller_of(key.secret, NOON)
    expected = replace(
        owner, role=role, key_id=ApiKey.objects.get().pk, scopes=frozenset({Scope.MANAGE_STOCK})
    )
    assert caller == (expected, key.public_id)


def test_the_key_of_somebody_who_only_looks_now_only_looks(cast: Cast) -> None:
    key = made(cast.asha)
    Membership.objects.filter(person_id=cast.asha.person_id).update(role="viewer")
    assert queries.caller_of(key.secret, NOON).actor.role is Role.VIEWER


def test_a_key_ends_when_it_expires_is_revoked_or_its_maker_leaves(cast: Cast) -> None:
    short = made(cast.asha, expires_at=LATER)
    assert queries.caller_of(short.secret, NOON)
    with pytest.raises(queries.KeyExpired):
        queries.caller_of(short.secret, LATER)
    ended, left = made(cast.asha), made(cast.asha)
    actions.revoke_key(actor=cast.asha, key_id=ended.public_id, now=NOON)
    actions.revoke_key(actor=cast.asha, key_id=ended.public_id, now=LATER)
    assert ApiKey.objects.get(public_id=ended.public_id).revoked_at == NOON
    with pytest.raises(queries.KeyIsRevoked):
        queries.caller_of(ended.secret, NOON)
    Membership.objects.filter(person_id=cast.asha.person_id).delete()
    with pytest.raises(queries.KeyIsRevoked):
        queries.caller_of(left.secret, NOON)


def test_who_leaves_takes_his_keys_along(cast: Cast) -> None:
    key = made(cast.asha)
    assert cast.asha.company_id
    gone = {"company_id": cast.asha.company_id, "person_id": cast.asha.person_id, "now": NOON}
    assert actions.revoke_keys_of(actor=cast.omar, **gone) == 1  # type: ignore[arg-type]
    with pytest.raises(queries.KeyIsRevoked):
        queries.caller_of(key.secret, NOON)


def test_a_key_works_beside_its_follower_for_a_while(cast: Cast) -> None:
    old = made(cast.asha, scopes=[Scope.READ_SEARCH], expires_at=NOON + timedelta(days=90))
    new = actions.rotate_key(actor=cast.asha, key_id=old.public_id, now=LATER)
    found = ApiKey.objects.get(public_id=new.public_id)
    assert (found.name, found.scopes, found.expires_at) == (
        "Stock",
        ["read search"],
        LATER + timedelta(days=90),
    )
    ends = LATER + timedelta(days=7)
    assert queries.caller_of(old.secret, ends - timedelta(seconds=1)) and queries.caller_of(new.secret, ends)
    with pytest.raises(queries.KeyExpired):
        queries.caller_of(old.secret, ends)
    with pytest.raises(actions.KeyDoesNotWork):
        actions.rotate_key(actor=cast.asha, key_id=old.public_id, now=LATER)
    states = [(key.public_id, key.state, key.is_replaced) for key in queries.keys_of(cast.asha, ends)]
    assert states == [(new.public_id, KeyState.WORKS, False), (old.public_id, KeyState.EXPIRED, True)]


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        ({"name": " "}, actions.KeyNameMissing),
        ({"name": "x" * 101}, actions.KeyNameMissing),
        ({"scopes": []}, actions.ScopeNotChosen),
        ({"expires_at": NOON}, actions.KeyExpiryNotAhead),
    ],
)
def test_what_a_key_cannot_be_is_refused(
    cast: Cast, chosen: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        made(cast.asha, **chosen)
    assert not ApiKey.objects.exists()


def test_only_owners_keep_keys_and_nobody_sees_another_companys(cast: Cast) -> None:
    key = made(cast.asha)
    by_key = queries.caller_of(key.secret, NOON).actor
    for actor in (cast.tara, cast.vera, cast.omar, by_key):
        for order in (lambda actor=actor: made(actor), lambda actor=actor: queries.keys_of(actor, NOON)):
            with pytest.raises(OnlyOwnersKeepKeys):
                order()
    for act in (actions.rotate_key, actions.revoke_key):
        with pytest.raises(NotThere):
            act(actor=cast.ben, key_id=key.public_id, now=NOON)  # type: ignore[operator]
    assert (queries.keys_of(cast.ben, NOON), ApiKey.objects.count()) == ([], 1)


def test_a_company_has_at_most_so_many_keys(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bourse.members.actions.keys.MOST_WORKING", 2)
    first = made(cast.asha)
    made(cast.asha)
    with pytest.raises(actions.TooManyKeys):
        made(cast.asha)
    actions.revoke_key(actor=cast.asha, key_id=first.public_id, now=NOON)
    made(cast.asha)


def line(actor: Actor, **said: object) -> RequestLine:
    told: dict[str, object] = {
        "at": NOON,
        "request_id": "0123456789abcdef",
        "company_id": actor.company_id,
        "key_id": actor.key_id,
        "person_id": actor.person_id,
        "method": "GET",
        "path": "/api/v1/listings",
        "status": 200,
        "took_ms": 7,
        "code": "",
        "address": "192.0.2.7",
    }
    return RequestLine(**(told | said))  # type: ignore[arg-type]


def test_lines_are_taken_once_and_say_when_a_key_was_last_used(cast: Cast, tmp_path: Path) -> None:
    by_key = queries.caller_of(made(cast.asha).secret, NOON).actor
    for minute in (3, 1):
        assert actions.hand_over(tmp_path, line(by_key, at=NOON + timedelta(minutes=minute)))
    actions.hand_over(tmp_path, line(by_key, company_id=0))  # of a company that is gone
    with (tmp_path / "run/requests").open("ab") as file:
        file.write(b"{half a li")
    assert [actions.take_in(tmp_path, now=NOON) for _ in range(2)] == [2, 0]
    key = ApiKey.objects.get()
    assert (key.last_used_at, key.last_used_from) == (NOON + timedelta(minutes=3), "192.0.2.7")
    (view,) = queries.keys_of(cast.asha, NOON)
    assert view.last_used_at == key.last_used_at


def test_a_file_that_was_copied_before_its_taker_died_is_not_copied_again(cast: Cast, tmp_path: Path) -> None:
    actions.hand_over(tmp_path, line(cast.asha))
    assert actions.take_in(tmp_path, now=NOON) == 1
    actions.hand_over(tmp_path, line(cast.asha))
    left = spool.take(tmp_path / "run/requests")
    assert left is not None
    marks.mark(MARK, left.name, now=NOON)
    assert (actions.take_in(tmp_path, now=NOON), left.exists()) == (0, False)
    assert ApiRequest.objects.count() == 1


def test_the_log_is_kept_for_thirty_days(cast: Cast, tmp_path: Path) -> None:
    for at in (NOON - KEPT - timedelta(seconds=1), NOON):
        actions.hand_over(tmp_path, line(cast.asha, at=at))
    actions.take_in(tmp_path, now=NOON)
    assert [actions.forget_old_requests(now=NOON) for _ in range(2)] == [1, 0]


def test_owners_see_every_call_of_their_company_and_others_their_own(cast: Cast, tmp_path: Path) -> None:
    for actor, said in (
        (cast.asha, {"status": 404, "code": "not_there"}),
        (cast.tara, {"path": "/api/v1/search"}),
        (cast.ben, {}),
    ):
        actions.hand_over(tmp_path, line(actor, **said))
    actions.take_in(tmp_path, now=NOON)

    def seen(actor: Actor, **wanted: object) -> list[str]:
        page = queries.requests_of(actor, WantedRequests(**wanted))  # type: ignore[arg-type]
        return [row.person_name for row in page.rows]

    assert (seen(cast.asha), seen(cast.tara), seen(cast.vera)) == (["Tara", "Asha"], ["Tara"], [])
    assert (seen(cast.asha, status=4), seen(cast.asha, status=200)) == (["Asha"], ["Tara"])
    assert seen(cast.asha, path="/api/v1/sea") == ["Tara"]
    first = queries.requests_of(cast.asha, WantedRequests(), limit=1)
    assert [
        row.person_name for row in queries.requests_of(cast.asha, WantedRequests(), first.after).rows
    ] == ["Asha"]
    with pytest.raises(NotThere):
        queries.requests_of(cast.omar, WantedRequests())
