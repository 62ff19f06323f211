"""A grown stone is never taken for a natural one: what is said of the growth is read, or refuses its row."""

import pytest

from bourse.dialects import read_file
from bourse.dialects.reading import Reading

HEAD = "Stock #,Shape,Weight,Color,Clarity,Lab,Report #,Price/ct,Growth Type\n"


def read(*words: str) -> Reading:
    rows = (f"G-{at},RD,1.01,G,VS1,GIA,61000000{at:02},7000,{word}\n" for at, word in enumerate(words))
    return read_file((HEAD + "".join(rows)).encode(), "stock.csv")


@pytest.mark.parametrize(
    "word",
    [
        *("Lab-Created", "Lab-created diamond", "Laboratory-grown", "Laboratory Grown", "Lab diamond"),
        *("Cultured", "Created", "Grown", "L.G.D", "Man-made", "Synthetic diamond", "Lab Grown Diamond"),
    ],
)
def test_every_word_for_a_grown_stone_is_read(word: str) -> None:
    stones = list(read(word, "Natural", "Natural").stones())
    assert [stone.values["growth_type"] for stone in stones] == ["Lab grown", "Natural", "Natural"]


@pytest.mark.parametrize("word", ["L", "Grwn", "Type IIa"])
def test_a_word_that_is_not_read_keeps_its_row_out(word: str) -> None:
    reading = read(word, "Natural", "")
    assert [stone.stock_no for stone in reading.stones()] == ["G-1", "G-2"]
    (refused,) = reading.refused()
    assert (refused.row, refused.column, refused.found) == (2, "Growth Type", word)
    assert refused.why == f"“{word}” does not say whether the stone is natural or was grown."
    assert refused.cure == f"Write Natural or Lab grown instead of “{word}”, or say what it means."
    assert [(value.text, value.word) for value in reading.values if value.text == word] == [(word, "")]


def test_its_owner_says_what_the_word_means() -> None:
    given = (HEAD + "G-1,RD,1.01,G,VS1,GIA,6100000001,7000,L\n").encode()
    reading = read_file(given, "stock.csv", {"value:growth_type:l": "Lab grown"})
    assert [stone.values["growth_type"] for stone in reading.stones()] == ["Lab grown"]
