"""How alike two names are: exact figures, those of the published measure first."""

import random

import pytest

from bourse.members.likeness import THRESHOLD, Listed, Match, jaro, jaro_winkler, likeness, spelt, words_of


@pytest.mark.parametrize(
    ("one", "other", "plain", "with_bonus"),
    [
        ("MARTHA", "MARHTA", 0.944, 0.961),
        ("DIXON", "DICKSONX", 0.767, 0.813),
        ("DWAYNE", "DUANE", 0.822, 0.840),
        ("CRATE", "TRACE", 0.733, 0.733),
        ("SAME", "SAME", 1.0, 1.0),
        ("ABC", "XYZ", 0.0, 0.0),
    ],
)
def test_words_are_compared_as_published(one: str, other: str, plain: float, with_bonus: float) -> None:
    assert round(jaro(one, other), 3) == plain
    assert round(jaro_winkler(one, other), 3) == with_bonus


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Asha Gems BVBA", ("asha", "gems")),
        ("ASHA GEMS PVT. LTD.", ("asha", "gems")),
        ("Müller & Söhne G.m.b.H.", ("muller", "sohne")),
        ("L. L. C. Alpha", ("alpha",)),
        ("A.B.C. Trading DMCC", ("abc", "trading")),
        ("AL-TIKRITI, Saddam Hussein", ("tikriti", "saddam", "hussein")),
        (
            "Łódź Ægir ООО",
            ("lodz", "aegir", "ооо"),
        ),  # the last three letters are Cyrillic, and no form we know
        ("The Company Limited", ("the",)),
        ("Ltd", ("ltd",)),
        ("", ()),
    ],
)
def test_a_name_is_its_telling_words(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


def test_letters_run_together_keep_the_small_words() -> None:
    assert spelt("Van der Berg NV").letters == "vanderberg"


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Asha Gems BVBA", "GEMS ASHA LIMITED", 1.0),  # order, capitals and legal form tell nothing
        ("Al-Nasr Diamonds", "ALNASR DIAMONDS", 1.0),  # nor where a word ends
        ("Alrosa", "ALROSA PJSC", 1.0),
        ("Rosy Blue NV", "Blue Rosy Trading DMCC", 0.923),
        ("Golden Gate", "Golden Gate Shipping Services", 0.92),  # whole inside a longer one
        ("Mohammed Al Rashid", "Muhammad Al-Rasheed", 0.88),
        ("Star Diamonds", "Star Gems", 0.75),
        ("Star Diamonds", "Sun Diamonds", 0.25),
        ("Diamond Trading Company", "Diamond House", 0.5),
        ("Asha", "", 0.0),
    ],
)
def test_names_are_alike_by_a_figure(one: str, other: str, score: float) -> None:
    assert likeness(one, other) == score
    assert likeness(other, one) == score


def test_a_list_is_asked_for_the_names_like_ours_the_likest_first() -> None:
    listed = Listed(
        [(7, "TIKRITI, Sadam"), (7, "Saddam Hussein Al-Tikriti"), (8, "Hussein Trading Est."), (9, "Alrosa")]
    )
    assert listed.like("Saddam Hussein Tikriti") == [Match(7, "Saddam Hussein Al-Tikriti", 1.0)]
    assert [match.key for match in listed.like("Sadam Tikriti")] == [7]
    assert listed.like("Asha Gems") == []
    assert len(listed) == 4


def test_the_short_way_finds_what_comparing_all_finds() -> None:
    draw = random.Random(5)
    parts = [
        "al",
        "mo",
        "re",
        "shi",
        "tan",
        "bel",
        "dia",
        "pet",
        "hus",
        "sein",
        "mar",
        "tin",
        "zar",
        "ven",
        "yo",
    ]
    vocabulary = ["".join(draw.choices(parts, k=draw.randint(2, 4))) for _ in range(300)]
    names = [(key, " ".join(draw.choices(vocabulary, k=draw.randint(1, 3)))) for key in range(400)]
    listed, asked = Listed(names), 0
    for _, name in draw.sample(names, 60):
        place = draw.randrange(len(name) - 1)
        slipped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        expected = {key for key, other in names if likeness(slipped, other) >= THRESHOLD}
        assert {match.key for match in listed.like(slipped)} == expected
        asked += len(expected)
    assert asked > 60
