"""What single cells say: numbers, grades, sizes, colours, and what was spoilt on the way."""

import datetime

import pytest

from bourse.dialects import grades, lengths, scales
from bourse.dialects.cells import Money, Odd, decimal_number, identifier, number
from bourse.dialects.dictionary import standard
from bourse.dialects.fields import FIELDS, reader_for
from bourse.dialects.tables import Cell

WORDS = standard()


def said(field: str, cell: Cell, header: str = "") -> dict[str, object]:
    """What a cell fills under a field, the empty fields left out; odd for one that is not understood."""
    known = FIELDS[field]
    read = reader_for(known, header or field)(cell, WORDS)
    if isinstance(read, Odd):
        return {"odd": True}
    return {name: value for name, value in zip(known.fills, read or (), strict=False) if value is not None}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.01", 1.01), (".61", 0.61), ("$2,274", 2274.0), ("1,450", 1450.0), ("$18;423", 18423.0),
        ("1.234,56", 1234.56),
        ("1'234.50", 1234.5), ("1 234,50", 1234.5), ("(30)", -30.0), ("30-", -30.0), ("-30 %", -30.0),
        ("−30", -30.0),
        ("62.1%", 62.1), ("USD 1,200", 1200.0), ("US$ 950", 950.0), ("34.50?, ", 34.5), ("5.01ct", 5.01),
        (7, 7.0),
        ("0", None), ("0.00", None), ("", None), ("-", None), ("N/A", None), (None, None),
    ],
)  # fmt: skip
def test_a_number_is_understood_however_it_is_written(cell: Cell, value: float | None) -> None:
    assert number(cell) == value


@pytest.mark.parametrize(
    "cell", ["abc", "1,2,3", "12O.5", "1.2.3,4", True, datetime.date(2024, 2, 1), "#REF!"]
)
def test_what_is_no_number_has_a_reason(cell: Cell) -> None:
    assert isinstance(number(cell), Odd)


def test_an_amount_in_another_currency_says_which() -> None:
    assert number("€1,200") == Money(1200.0, "EUR")
    assert number("1200 HKD") == Money(1200.0, "HKD")


def test_a_comma_in_a_weight_is_a_decimal_comma() -> None:
    assert (decimal_number("1,01"), decimal_number("1,015"), decimal_number("0,90")) == (1.01, 1.015, 0.9)


@pytest.mark.parametrize(
    ("cell", "text"),
    [("0001936003", "0001936003"), (2141438171, "2141438171"), (2141438171.0, "2141438171"),
    (" us79166526 ", "us79166526"),
     ("N/A", None), (0, None), (None, None)],
)  # fmt: skip
def test_a_number_of_a_report_stays_as_it_is_written(cell: Cell, text: str | None) -> None:
    assert identifier(cell) == text


@pytest.mark.parametrize(
    "cell", ["2.02E+09", "1.04075E+11", 1.2345678901234567e19, datetime.date(2024, 2, 1), "#N/A"]
)
def test_a_number_that_a_spreadsheet_spoilt_is_not_read(cell: Cell) -> None:
    assert isinstance(identifier(cell), Odd)


def test_the_reason_for_a_shortened_report_number_names_excel() -> None:
    damaged = identifier("2.02E+09")
    assert isinstance(damaged, Odd)
    assert damaged.why.startswith("Damaged by Excel")


@pytest.mark.parametrize(
    ("cell", "shape"),
    [
        ("RB", "Round"), ("round brilliant", "Round"), ("BR", "Round"), ("PS", "Pear"), ("EC",
        "Emerald"), ("PR", "Princess"),
        ("Sq. Emerald", "Square Emerald"), ("SQ.MOD.BR.", "Princess"), ("Cushion Modified Brilliant",
        "Cushion Modified"),
        ("CUSH BR", "Cushion Brilliant"), ("trapezoid", "Trapezoid"), ("圆形", "Round"), ("Emerald Cut",
        "Emerald"),
        ("OLD_MINER", "Old Miner"), ("R", "R"),
    ],
)  # fmt: skip
def test_shapes(cell: str, shape: str) -> None:
    assert said("shape", cell) == {"shape": shape}


@pytest.mark.parametrize("cell", ["STARBURST", "RM", "Fancy", "9"])
def test_shapes_that_could_be_anything_are_not_guessed(cell: str) -> None:
    assert said("shape", cell) == {"odd": True}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("G", {"color": "G"}), ("g+", {"color": "G"}), ("H color", {"color": "H"}), ("O-P", {"color": "O-P"}),
        ("op", {"color": "O-P"}), ("U/V", {"color": "U-V"}), ("G-H", {"color": ["G", "H"]}), ("D/F",
        {"color": ["D", "F"]}),
        ("Fancy Intense Yellow", {"color": "Fancy", "fancy_color": "Yellow",
        "fancy_intensity": "Fancy Intense"}),
        ("Fancy Vivid Orangy Yellow",
         {"color": "Fancy", "fancy_color": "Yellow", "fancy_intensity": "Fancy Vivid",
         "fancy_overtone": "Orangy"}),
        ("FIY", {"color": "Fancy", "fancy_color": "Yellow", "fancy_intensity": "Fancy Intense"}),
        ("PINK", {"color": "Fancy", "fancy_color": "Pink"}), ("Fancy", {"color": "Fancy"}), ("", {}),
        ("N/A", {}),
        ("FB", {"odd": True}), ("TLB", {"odd": True}), ("H-G", {"odd": True}), ("C", {"odd": True}),
    ],
)  # fmt: skip
def test_colours(cell: str, read: dict[str, object]) -> None:
    assert said("color", cell) == read


def test_a_range_of_the_white_scale_under_a_fancy_header_is_a_colour() -> None:
    assert said("fancy_color", "U-V") == {"color": "U-V"}
    assert said("fancy_color", "Y") == {"fancy_color": "Yellow"}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("VS1", "VS1"), ("vvs-2", "VVS2"), ("P1", "I1"), ("LC", "IF"), ("Flawless", "FL"), ("SI2+", "SI2"),
        ("VS1-VS2", ["VS1", "VS2"]), ("VS-SI", ["VS1", "SI2"]), ("SI1/SI2", ["SI1", "SI2"]), ("VS1-2",
        ["VS1", "VS2"]),
        ("SI", ["SI1", "SI2"]), ("SI3", "SI3"),
    ],
)  # fmt: skip
def test_clarities(cell: str, read: str | list[str]) -> None:
    assert said("clarity", cell) == {"clarity": read}


def test_a_clarity_that_was_enhanced_tells_both() -> None:
    assert said("clarity", "SI3 C.E.") == {"clarity": "SI3", "treatment": "Clarity enhanced"}


@pytest.mark.parametrize("cell", ["REJ", "VS3", "I", "VS1-xx"])
def test_clarities_that_are_none(cell: str) -> None:
    assert said("clarity", cell) == {"odd": True}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("EX", {"cut_grade": "Excellent"}), ("X", {"cut_grade": "Excellent"}), ("V.G.",
        {"cut_grade": "Very Good"}),
        ("G-VG", {"cut_grade": "Good to Very Good"}), ("8X", {"cut_grade": "8X"}), ("ideal",
        {"cut_grade": "Ideal"}),
        ("3EX", {"cut_grade": "Excellent", "polish": "Excellent", "symmetry": "Excellent"}),
        ("H&A", {"hearts_and_arrows": "Yes"}), ("", {}), ("None", {}), ("SPREAD", {"odd": True}),
    ],
)  # fmt: skip
def test_makes(cell: str, read: dict[str, object]) -> None:
    assert said("cut_grade", cell) == read


def test_one_finish_for_two_grades() -> None:
    assert said("polish", "EX/VG") == {"polish": "Excellent", "symmetry": "Very Good"}


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("N", {"fluorescence_intensity": "None"}), ("FNT", {"fluorescence_intensity": "Faint"}),
        ("VS", {"fluorescence_intensity": "Very Strong"}), ("VSL", {"fluorescence_intensity": "Very Slight"}),
        ("MED BLUE", {"fluorescence_intensity": "Medium", "fluorescence_color": "Blue"}),
        ("Blue Medium", {"fluorescence_intensity": "Medium", "fluorescence_color": "Blue"}),
        ("Very Strong Blue", {"fluorescence_intensity": "Very Strong", "fluorescence_color": "Blue"}),
        ("STG-B", {"fluorescence_intensity": "Strong", "fluorescence_color": "Blue"}),
        ("SB", {"fluorescence_intensity": "Strong", "fluorescence_color": "Blue"}),
        ("yellow", {"odd": True}), ("Negligible", {"odd": True}), ("-", {}),
    ],
)  # fmt: skip
def test_fluorescence(cell: str, read: dict[str, object]) -> None:
    assert said("fluorescence_intensity", cell) == read


def test_a_bare_letter_under_a_colours_header_is_a_colour() -> None:
    assert said("fluorescence_color", "B") == {"fluorescence_color": "Blue"}
    assert said("fluorescence_color", "med blue") == {
        "fluorescence_intensity": "Medium", "fluorescence_color": "Blue",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("TN-M", ("Thin", "Medium", None, None)), ("M-STK", ("Medium", "Slightly Thick", None, None)),
        ("Thin / Slightly Thick", ("Thin", "Slightly Thick", None, None)), ("M F", ("Medium", "Medium",
        "Faceted", None)),
        ("TK FAC", ("Thick", "Thick", "Faceted", None)), ("S.TK`", ("Slightly Thick", "Slightly Thick",
        None, None)),
        ("EX THK", ("Extremely Thick", "Extremely Thick", None, None)), ("Medium", ("Medium", "Medium",
        None, None)),
        ("Medium to Slightly Thick (Faceted), 3.5%", ("Medium", "Slightly Thick", "Faceted", 3.5)),
    ],
)  # fmt: skip
def test_girdles(cell: str, read: tuple[object, ...]) -> None:
    assert grades.girdle(cell, WORDS) == read


def test_the_thinnest_place_says_nothing_of_the_thickest() -> None:
    assert said("girdle_min", "Medium") == {"girdle_min": "Medium"}
    assert said("girdle_max", "Medium") == {"girdle_max": "Medium"}


@pytest.mark.parametrize(
    ("cell", "sides"),
    [
        ("5.70x5.67x3.63", (5.7, 5.67, 3.63)), ("16.12X15.66X9.22", (16.12, 15.66, 9.22)),
        ("8.08|8.3|4.94", (8.08, 8.3, 4.94)),
        ("7.12 7.24 4.53", (7.12, 7.24, 4.53)), ("5.07-5.08x3.17", (5.07, 5.08, 3.17)), ("5.07-5.08",
        (5.07, 5.08, None)),
        ("4.43 - 4.45 x 2.70 mm", (4.43, 4.45, 2.7)), ("6,45 x 6,48 x 4,01", (6.45, 6.48, 4.01)),
        ("4.30x0.00x2.66", (4.3, None, 2.66)), ("0|0|0", None), ("", None),
    ],
)  # fmt: skip
def test_measurements(cell: str, sides: tuple[float | None, ...] | None) -> None:
    assert lengths.measurements(cell, WORDS) == sides


@pytest.mark.parametrize("cell", ["6.5x6.35x61", "6358x6.68x3.88", "7.7x4.72x", "large", "1x2x3x4"])
def test_measurements_that_cannot_be(cell: str) -> None:
    assert isinstance(lengths.measurements(cell, WORDS), Odd)


@pytest.mark.parametrize(
    ("header", "cell", "read"),
    [
        ("Guaranteed Availability", "Yes", "Guaranteed available"), ("Guaranteed Availability", "No",
        "Available"),
        ("Is Active", "Y", "Available"), ("Is Active", "N", "Not available"), ("Status", "M", "On memo"),
        ("Status", "G", "Guaranteed available"), ("Availability", "STPS", "Subject to prior sale"),
    ],
)  # fmt: skip
def test_a_yes_answers_what_its_header_asks(header: str, cell: str, read: str) -> None:
    assert said("availability", cell, header) == {"availability": read}


def test_a_treatments_column_of_its_own_names_the_treatment() -> None:
    assert said("treatment", "TRUE", "Laser Drilled") == {"treatment": "Laser drilled"}
    assert said("treatment", "FALSE", "Laser Drilled") == {}
    assert said("treatment", "CE/LD", "Treatment") == {"treatment": ["Clarity enhanced", "Laser drilled"]}


def test_inclusion_codes_are_kept_together() -> None:
    assert scales.inclusion("black_inclusion", "BTO BC1", WORDS) == ("BT0 BC1",)
