"""Names that nobody can guess."""

from collections import Counter

from bourse.kit.public_id import ALPHABET, LENGTH, public_id, public_ids


def test_names_have_their_length_and_alphabet_and_do_not_repeat() -> None:
    names = [*public_ids(5_000), public_id()]
    assert {len(name) for name in names} == {LENGTH}
    assert set("".join(names)) == set(ALPHABET)
    assert len(set(names)) == 5_001


def test_no_letter_is_likelier_than_another() -> None:
    counts = Counter("".join(public_ids(20_000)))
    even = 20_000 * LENGTH / len(ALPHABET)
    assert all(abs(count - even) < 6 * even**0.5 for count in counts.values())
