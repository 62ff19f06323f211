"""Passkeys: added, named, used and removed by their person alone."""

import pytest

from bourse.kit.refusal import NotThere
from bourse.members.actions.signing import codes, passkeys
from bourse.members.actions.signing.factors import SecondFactorNeeded
from bourse.members.actions.signing.passkeys import (
    MOST_PASSKEYS,
    PasskeyCopied,
    PasskeyNameMissing,
    PasskeyNameTaken,
    PasskeyTaken,
    TooManyPasskeys,
    use_passkey,
)
from bourse.members.actor import Actor
from bourse.members.models import Exchange
from bourse.members.models.signing import Passkey, RecoveryCode
from bourse.members.queries.signing import credential, credentials_of, passkey, security
from cast import NOON, Cast
from members.signing.conftest import acts, facts, nothing_moved


def added(actor: Actor, name: str = "Laptop", credential_id: bytes = b"one", sign_count: int = 0) -> Passkey:
    return passkeys.add_passkey(
        actor=actor,
        name=name,
        credential_id=credential_id,
        credential=b"attested " + credential_id,
        sign_count=sign_count,
        now=NOON,
    )


def test_a_passkey_is_its_persons_and_is_known_again(cast: Cast) -> None:
    added(cast.asha, "  My   laptop ")
    assert [key.name for key in security(cast.asha.person_id).passkeys] == ["My laptop"]
    assert credentials_of(cast.asha.person_id) == [b"attested one"]
    assert use_passkey(credential_id=b"one", sign_count=0, now=NOON).pk == cast.asha.person_id
    assert acts() == ["members.add_passkey"] and facts() == ["members.SecondFactorAdded"]


@pytest.mark.parametrize(
    ("name", "credential_id", "refusal"),
    [
        ("", b"two", PasskeyNameMissing),
        ("x" * 61, b"two", PasskeyNameMissing),
        ("LAPTOP", b"two", PasskeyNameTaken),
        ("Key", b"one", PasskeyTaken),
    ],
)
def test_a_refused_passkey_leaves_no_trace(
    cast: Cast, name: str, credential_id: bytes, refusal: type[Exception]
) -> None:
    added(cast.asha)
    before = acts(), facts()
    with pytest.raises(refusal):
        added(cast.asha, name, credential_id)
    assert nothing_moved(before) and Passkey.objects.count() == 1


def test_a_key_of_somebody_else_is_not_added_again(cast: Cast) -> None:
    added(cast.asha)
    with pytest.raises(PasskeyTaken):
        added(cast.ben)
    assert not credentials_of(cast.ben.person_id)


def test_there_is_a_limit(cast: Cast) -> None:
    for number in range(MOST_PASSKEYS):
        added(cast.asha, f"Key {number}", bytes([number]))
    with pytest.raises(TooManyPasskeys):
        added(cast.asha, "One more", b"more")
    assert Passkey.objects.count() == MOST_PASSKEYS


def test_it_is_renamed_and_removed_by_its_person_alone(cast: Cast) -> None:
    key = added(cast.asha)
    before = acts(), facts()
    for order in (
        lambda: passkeys.rename_passkey(actor=cast.tara, passkey_id=key.public_id, name="Mine", now=NOON),
        lambda: passkeys.remove_passkey(actor=cast.tara, passkey_id=key.public_id, now=NOON),
        lambda: passkey(cast.tara.person_id, key.public_id),
    ):
        with pytest.raises(NotThere):
            order()
    assert nothing_moved(before) and passkey(cast.asha.person_id, key.public_id).name == "Laptop"
    passkeys.rename_passkey(actor=cast.asha, passkey_id=key.public_id, name="Desk", now=NOON)
    assert passkey(cast.asha.person_id, key.public_id).name == "Desk"
    passkeys.remove_passkey(actor=cast.asha, passkey_id=key.public_id, now=NOON)
    assert credential(b"one") is None
    assert facts()[-1] == "members.SecondFactorRemoved"
    with pytest.raises(NotThere):
        use_passkey(credential_id=b"one", sign_count=0, now=NOON)


def test_recovery_codes_stay_while_any_second_factor_does(cast: Cast) -> None:
    one, two = added(cast.asha), added(cast.asha, "Key", b"two")
    codes.draw_recovery_codes(actor=cast.asha, now=NOON)
    passkeys.remove_passkey(actor=cast.asha, passkey_id=one.public_id, now=NOON)
    assert RecoveryCode.objects.count() == 10
    passkeys.remove_passkey(actor=cast.asha, passkey_id=two.public_id, now=NOON)
    assert not RecoveryCode.objects.exists()


def test_the_only_one_stays_where_the_house_asks_for_one(cast: Cast) -> None:
    key = added(cast.asha)
    Exchange.objects.create(changed_at=NOON, needs_second_factor=True)
    with pytest.raises(SecondFactorNeeded):
        passkeys.remove_passkey(actor=cast.asha, passkey_id=key.public_id, now=NOON)
    assert credential(b"one")


@pytest.mark.parametrize("count", [5, 4, 0])
def test_a_key_that_counts_backwards_was_copied(cast: Cast, count: int) -> None:
    added(cast.asha, sign_count=5)
    with pytest.raises(PasskeyCopied):
        use_passkey(credential_id=b"one", sign_count=count, now=NOON)
    assert Passkey.objects.get().used_at is None
    assert use_passkey(credential_id=b"one", sign_count=6, now=NOON).pk == cast.asha.person_id
