"""A number that its laboratory never gave is told; of a laboratory that is not known, any number may be."""

import re

import pytest

from bourse.vocabulary.report_number import OF_ALL, SHAPES, fits


@pytest.mark.parametrize(
    ("laboratory", "number", "may_be"),
    [
        ("GIA", "7000000001", True),
        ("GIA", "123456", True),
        ("GIA", "700-0000-001", True),
        ("GIA", "70000000012", False),
        ("GIA", "LG12345678", False),
        ("GIA", "X123456789", True),
        ("GIA", "", True),
        ("IGI", "LG12345678", True),
        ("IGI", "F4H123456", True),
        ("IGI", "12", False),
        ("HRD", "180000012345", True),
        ("HRD", "ABC", False),
        ("AGS", "0001936003", True),
        ("Other", "anything", True),
        ("", "7", True),
    ],
)
def test_each_laboratory_numbers_in_its_own_way(laboratory: str, number: str, may_be: bool) -> None:
    assert fits(laboratory, number) is may_be


@pytest.mark.parametrize("number", ["12345678", "123456789", "1234567890"])
def test_what_every_laboratory_may_have_given_fits_each(number: str) -> None:
    assert re.fullmatch(OF_ALL, number)
    assert all(fits(laboratory, number) for laboratory in SHAPES)
