"""The order and the spelling of the trade's scales."""

import pytest

from bourse.vocabulary import (
    Availability,
    Clarity,
    Colour,
    ColourRange,
    CuletSize,
    FancyIntensity,
    FluorescenceIntensity,
    Girdle,
    Growth,
    Laboratory,
    Make,
    Scale,
    Shape,
    Treatment,
    state_of,
)

SCALES: list[type[Scale]] = [
    Availability,
    Clarity,
    Colour,
    CuletSize,
    Girdle,
    Growth,
    Laboratory,
    Make,
    Shape,
    Treatment,
]


def test_colours_run_from_d_to_z_best_first():
    assert [colour.value for colour in Colour] == list("DEFGHIJKLMNOPQRSTUVWXYZ")
    assert Colour.D < Colour.E < Colour.Z
    assert (Colour.D.rank, Colour.Z.rank) == (0, 22)


def test_clarities_run_from_flawless_to_included_with_si3_before_i1():
    assert [grade.value for grade in Clarity] == [
        "FL", "IF", "VVS1", "VVS2", "VS1", "VS2", "SI1", "SI2", "SI3", "I1", "I2", "I3",
    ]  # fmt: skip
    assert max(Clarity.SI3, Clarity.I1) is Clarity.I1


def test_makes_have_the_grades_between_and_those_above_excellent():
    assert (
        Make.EIGHT_X < Make.IDEAL < Make.EXCELLENT < Make.VERY_GOOD_TO_EXCELLENT < Make.VERY_GOOD < Make.POOR
    )
    assert Make("8X") is Make.EIGHT_X


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_counts_its_ranks_from_nought(scale: type[Scale]):
    assert [grade.rank for grade in scale] == list(range(len(scale)))
    assert len({grade.value for grade in scale}) == len(scale)


def test_grades_of_different_scales_do_not_compare():
    with pytest.raises(TypeError):
        assert Colour.D < Clarity.FL


def test_a_colour_range_holds_what_lies_inside_it():
    low = ColourRange.of("O-P")
    assert (low.best, low.worst) == (Colour.O, Colour.P)
    assert low.holds(Colour.P)
    assert not low.holds(Colour.Q)
    assert str(low) == "O-P"


def test_a_single_colour_is_a_range_of_one():
    assert str(ColourRange.of("G")) == "G"
    assert ColourRange.of("G") < ColourRange.of("O-P")


def test_a_range_never_runs_from_worse_to_better():
    with pytest.raises(ValueError, match="H-G runs from the worse grade to the better"):
        ColourRange(Colour.H, Colour.G)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Guaranteed available", Availability.GUARANTEED),
        ("Available", Availability.SUBJECT_TO_PRIOR_SALE),
        (None, Availability.SUBJECT_TO_PRIOR_SALE),
        ("Subject to prior sale", Availability.SUBJECT_TO_PRIOR_SALE),
        ("On memo", Availability.MEMO),
        ("Consignment", Availability.MEMO),
        ("On hold", Availability.NOT_AVAILABLE),
        ("Sold", Availability.NOT_AVAILABLE),
        ("Not available", Availability.NOT_AVAILABLE),
    ],
)
def test_a_suppliers_word_has_one_of_four_states(word: str | None, state: Availability):
    assert state_of(word) is state


def test_only_natural_stones_are_not_lab_grown():
    assert [growth.value for growth in Growth if not growth.is_lab_grown] == ["Natural"]


def test_strengths_run_from_weak_to_strong():
    assert FluorescenceIntensity.NONE < FluorescenceIntensity.FAINT < FluorescenceIntensity.VERY_STRONG
    assert FancyIntensity.FAINT < FancyIntensity.FANCY < FancyIntensity.FANCY_VIVID
    assert Girdle.EXTREMELY_THIN < Girdle.MEDIUM < Girdle.EXTREMELY_THICK
