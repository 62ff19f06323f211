"""Codes of an app and on paper: good once, for their person, and sealed where they are kept."""

from datetime import datetime

import pytest
from django.db import connection

from bourse.kit.refusal import NotThere
from bourse.members.actions.signing import codes
from bourse.members.actions.signing.codes import (
    CodeAppExists,
    CodeNotRight,
    CodeUsedBefore,
    NoSecondFactor,
    use_code,
)
from bourse.members.actions.signing.factors import SecondFactorNeeded
from bourse.members.models import Exchange
from bourse.members.models.signing import CodeApp, RecoveryCode
from bourse.members.one_time_codes import code_at, plain, step_of
from bourse.members.queries.signing import has_second_factor, security
from cast import NOON, Cast
from members.signing.conftest import HALF_MINUTE, SECRET, acts, code, facts, nothing_moved, with_app

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_app_shows_what_the_standard_says(seconds: int, shown: str) -> None:
    assert code_at(RFC_SECRET, seconds // 30) == shown


def test_a_code_is_good_for_its_half_minute_and_its_neighbours() -> None:
    found = [step_of(SECRET, code(n), NOON) is not None for n in (-2, -1, 0, 1, 2)]
    assert found == [False, True, True, True, False]


@pytest.mark.parametrize("typed", ["123 456", "123-456", " 123456 ", "123.456"])
def test_a_code_may_be_typed_as_it_is_shown(typed: str) -> None:
    assert plain(typed) == "123456"


def test_an_app_is_set_up_with_a_code_that_it_shows(cast: Cast) -> None:
    with_app(cast.asha)
    assert has_second_factor(cast.asha.person_id)
    assert acts() == ["members.set_up_code_app"]
    assert facts() == ["members.SecondFactorAdded"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_secret FROM members_codeapp")
        assert SECRET not in cursor.fetchone()[0]


@pytest.mark.parametrize("typed", ["000000", "", "12345", "abcdef", "١٢٣٤٥٦"])
def test_a_wrong_code_sets_up_nothing(cast: Cast, typed: str) -> None:
    with pytest.raises(CodeNotRight):
        codes.set_up_code_app(actor=cast.asha, secret=SECRET, code=typed, now=NOON)
    assert not CodeApp.objects.exists() and nothing_moved(([], []))


def test_a_second_app_is_refused(cast: Cast) -> None:
    with_app(cast.asha)
    before = acts(), facts()
    with pytest.raises(CodeAppExists):
        codes.set_up_code_app(actor=cast.asha, secret=SECRET, code=code(), now=NOON)
    assert nothing_moved(before) and CodeApp.objects.count() == 1


def test_a_code_is_taken_once_and_none_before_it(cast: Cast) -> None:
    with_app(cast.asha)
    assert use_code(person_id=cast.asha.person_id, code=code(), now=NOON) is False
    for steps_on in (0, -1):
        with pytest.raises(CodeUsedBefore):
            use_code(person_id=cast.asha.person_id, code=code(steps_on), now=NOON)
    assert use_code(person_id=cast.asha.person_id, code=code(1), now=NOON + HALF_MINUTE) is False


def test_the_code_that_set_the_app_up_lets_nobody_in(cast: Cast) -> None:
    codes.set_up_code_app(actor=cast.asha, secret=SECRET, code=code(), now=NOON)
    with pytest.raises(CodeUsedBefore):
        use_code(person_id=cast.asha.person_id, code=code(), now=NOON)


def test_another_persons_code_is_none(cast: Cast) -> None:
    with_app(cast.asha)
    with pytest.raises(CodeNotRight):
        use_code(person_id=cast.ben.person_id, code=code(), now=NOON)


def test_recovery_codes_are_told_once_and_kept_as_hashes(cast: Cast) -> None:
    with_app(cast.asha)
    drawn = codes.draw_recovery_codes(actor=cast.asha, now=NOON)
    assert len(set(drawn)) == 10 and {len(plain(one)) for one in drawn} == {12}
    kept = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not kept & {*drawn, *map(plain, drawn)}
    assert security(cast.asha.person_id).recovery_codes_left == 10


def test_a_recovery_code_is_good_once_however_it_is_typed(cast: Cast) -> None:
    with_app(cast.asha)
    first = codes.draw_recovery_codes(actor=cast.asha, now=NOON)[0]
    assert use_code(person_id=cast.asha.person_id, code=f" {first.upper()} ", now=NOON) is True
    before = acts(), facts()
    assert (before[0][-1], before[1][-1]) == ("members.use_recovery_code", "members.RecoveryCodeUsed")
    with pytest.raises(CodeNotRight):
        use_code(person_id=cast.asha.person_id, code=first, now=NOON)
    assert nothing_moved(before)


def test_new_recovery_codes_end_the_old_ones_and_are_their_persons_alone(cast: Cast) -> None:
    with_app(cast.asha)
    old = codes.draw_recovery_codes(actor=cast.asha, now=NOON)
    new = codes.draw_recovery_codes(actor=cast.asha, now=NOON)
    for person, one in ((cast.asha, old[0]), (cast.ben, new[0])):
        with pytest.raises(CodeNotRight):
            use_code(person_id=person.person_id, code=one, now=NOON)
    assert use_code(person_id=cast.asha.person_id, code=new[0], now=NOON)


def test_recovery_codes_need_a_second_factor_and_go_with_the_last(cast: Cast) -> None:
    with pytest.raises(NoSecondFactor):
        codes.draw_recovery_codes(actor=cast.asha, now=NOON)
    assert nothing_moved(([], []))
    with_app(cast.asha)
    codes.draw_recovery_codes(actor=cast.asha, now=NOON)
    codes.remove_code_app(actor=cast.asha, now=NOON)
    assert not RecoveryCode.objects.exists()
    with pytest.raises(NotThere):
        codes.remove_code_app(actor=cast.asha, now=NOON)


def test_the_only_second_factor_stays_where_the_house_asks_for_one(cast: Cast) -> None:
    with_app(cast.asha)
    Exchange.objects.create(changed_at=NOON, needs_second_factor=True)
    before = acts(), facts()
    with pytest.raises(SecondFactorNeeded):
        codes.remove_code_app(actor=cast.asha, now=NOON)
    assert nothing_moved(before) and has_second_factor(cast.asha.person_id)


def test_a_seal_made_under_the_key_of_before_still_opens(cast: Cast, settings: object) -> None:
    with_app(cast.asha)
    setattr(settings, "SECRET_KEY_FALLBACKS", [settings.SECRET_KEY])  # type: ignore[attr-defined]  # noqa: B010
    setattr(settings, "SECRET_KEY", "the next key")  # noqa: B010
    assert use_code(person_id=cast.asha.person_id, code=code(), now=NOON) is False


def test_no_time_is_before_the_epoch() -> None:
    assert step_of(SECRET, "000000", datetime.fromtimestamp(30, NOON.tzinfo)) is None
