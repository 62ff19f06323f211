"""Short headers that no dictionary has, named by their letters and by what stands in and beside them."""

from collections.abc import Callable

import pytest

from bourse.dialects.companions import abbreviates
from dialects.made import Stone, fields, keys, read_csv, stones

Columns = dict[str, Callable[[Stone], object]]

MADE = stones()
PLAIN: Columns = {
    "Shape": lambda s: s.shape, "Carat": lambda s: s.carat, "Color": lambda s: s.color,
    "Clarity": lambda s: s.clarity, "Polish": lambda s: s.make,
    "Symmetry": lambda s: ["Excellent", "Very Good"][s.number % 2], "Fluorescence": lambda s: s.fluorescence,
    "Lab": lambda s: s.lab, "Report No": lambda s: s.report, "Price Per Carat": lambda s: s.per_carat,
}  # fmt: skip


def _field_of(header: str, cell: Callable[[Stone], object], without: str = "") -> str | None:
    columns = {name: column for name, column in PLAIN.items() if name != without}
    reading = read_csv({**columns, header: cell}, MADE)
    assert not [key for key in keys(reading) if header.casefold() in key]
    return fields(reading)[header]


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("mke", lambda s: ["Excellent", "Good", "Fair"][s.number % 3], "cut_grade"),
        ("cz", lambda s: ["None", "None", "Very Small", "Small"][s.number % 4], "culet_size"),
        ("cnty", lambda s: ["India", "Belgium", "USA"][s.number % 3], "country"),
        ("stt", lambda s: ["New York", "Texas"][s.number % 2], "state"),
        ("cy", lambda s: ["Antwerp", "Mumbai"][s.number % 2], "city"),
        ("slr", lambda s: ["North Gems Ltd", "Harbour Diamonds"][s.number % 2], "supplier_name"),
        ("rmks", lambda s: f"Nice stone, face up {s.color}, lot {s.number}", "member_comment"),
        ("cpth", lambda s: f"https://house.example/certs/{s.report}", "certificate_url"),
        ("srf", lambda s: f"Q-{s.number}", "stock_no"),
    ],
)  # fmt: skip
def test_letters_and_cells_together_name_a_field(
    header: str, cell: Callable[[Stone], object], field: str
) -> None:
    assert _field_of(header, cell) == field


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("lstr", lambda s: ["Excellent", "Good", "Fair"][s.number % 3]),
        ("mo", lambda s: ["Botswana", "Canada"][s.number % 2]),
        ("cnty", lambda s: ["Botswana", "Russia"][s.number % 2]),
        ("stt", lambda s: ["Yes", "No"][s.number % 2]),
        ("sx", lambda s: ["North Gems Ltd", "Harbour Diamonds"][s.number % 2]),
        ("rmks", lambda s: ["In stock now", "On order"][s.number % 2]),
        ("cpth", lambda s: f"https://house.example/stones/{s.report}"),
        ("srf", lambda s: 100 + s.number),
    ],
)  # fmt: skip
def test_one_of_the_two_is_not_enough(header: str, cell: Callable[[Stone], object]) -> None:
    assert _field_of(header, cell) is None


def test_grades_without_polish_beside_them_may_be_any_grades() -> None:
    assert _field_of("mke", lambda s: ["Excellent", "Good", "Fair"][s.number % 3], "Polish") is None


def test_a_code_under_a_short_header_leaves_the_plain_id_to_the_exchange() -> None:
    reading = read_csv(
        {"id": lambda s: 90_000 + 17 * s.number, "srf": lambda s: f"Q-{s.number}", **PLAIN}, MADE
    )
    assert keys(reading) == []
    assert (fields(reading)["id"], fields(reading)["srf"]) == ("exchange_item_id", "stock_no")


def test_colours_beside_a_fluorescence_only_are_those_of_its_light() -> None:
    blue = lambda s: "" if s.fluorescence == "None" else ["Blue", "Yellow"][s.number % 5 == 0]  # noqa: E731
    assert _field_of("XF", blue) == "fluorescence_color"


def test_colours_beside_stones_without_fluorescence_are_something_else() -> None:
    assert _field_of("XF", lambda s: ["Blue", "Yellow", ""][s.number % 3]) is None


@pytest.mark.parametrize(
    ("header", "name", "is_so"),
    [("mk", "make", True), ("cty", "country", True), ("ek", "make", False), ("m", "make", False),
     ("mka", "make", False), ("make2", "make", False)],
)  # fmt: skip
def test_an_abbreviation_keeps_the_first_letter_and_the_order(header: str, name: str, is_so: bool) -> None:
    assert abbreviates(header, (name,)) is is_so
