"""A grown stone is never taken for a natural one: what is said of the growth is read, asked, or refuses its
row.
"""

import pytest

from bourse.dialects import Reading, ValueMapping, read_file
from bourse.vocabulary import Growth

HEAD = "Stock #,Shape,Weight,Color,Clarity,Lab,Report #,Price/ct"


def read(
    *words: str, under: str = "Growth Type", answers: dict[str, str] | None = None, name: str = "stock.csv"
) -> Reading:
    """A list with one column more; a word with a comma fills several of them."""
    rows = (f"G-{at},RD,1.01,G,VS1,GIA,61000000{at:02},7000,{word}\n" for at, word in enumerate(words))
    return read_file((f"{HEAD},{under}\n" + "".join(rows)).encode(), name, answers)


def growths(reading: Reading) -> dict[str | None, str | None]:
    """The taken stones with their growth."""
    return {stone.stock_no: stone.values.get("growth_type") for stone in reading.stones()}


def refused(reading: Reading) -> list[tuple[int, str, str]]:
    return [(row.row, row.column, row.found) for row in reading.refused()]


def unread(reading: Reading) -> list[tuple[str, int]]:
    """The spellings of the growth that have no word, each with its count."""
    return [(one.text, one.count) for one in reading.values if one.field == "growth_type" and not one.word]


def keys(reading: Reading) -> list[str]:
    return [question.key for question in reading.questions]


def field_of(reading: Reading, header: str) -> str | None:
    return next(column.field for column in reading.columns if column.header == header)


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


@pytest.mark.parametrize("word", ["L", "Grwn", "Type IIa", "N", "No", "Yes", "0", "1"])
def test_a_word_that_is_not_read_keeps_its_row_out(word: str) -> None:
    reading = read(word, "Natural", "")
    assert [stone.stock_no for stone in reading.stones()] == ["G-1", "G-2"]
    (row,) = reading.refused()
    assert (row.row, row.column, row.found) == (2, "Growth Type", word)
    assert row.why == f"“{word}” does not say whether the stone is natural or was grown."
    assert row.cure == f"Write Natural or Lab grown instead of “{word}”, or say what it means."
    assert unread(reading) == [(word, 1)]


def test_its_owner_says_what_the_word_means() -> None:
    reading = read("L", answers={"value:growth_type:l": "Lab grown"})
    assert growths(reading) == {"G-0": "Lab grown"}


class TestSilentWords:
    @pytest.mark.parametrize("word", ["?", "unknown", "-", "n/a", "TBD", "null"])
    def test_a_filled_cell_that_says_nothing_is_not_natural(self, word: str) -> None:
        reading = read("Natural", word, word, "")
        assert growths(reading) == {"G-0": "Natural", "G-3": "Natural"}
        assert refused(reading) == [(3, "Growth Type", word), (4, "Growth Type", word)]
        assert unread(reading) == [(word, 2)]

    @pytest.mark.parametrize(("meant", "read_as"), [("Lab grown", "Lab grown"), ("nothing", "Natural")])
    def test_its_owner_gives_it_a_word(self, meant: str, read_as: str) -> None:
        reading = read("Natural", "?", answers={"value:growth_type:?": meant})
        assert (growths(reading), refused(reading)) == ({"G-0": "Natural", "G-1": read_as}, [])

    @pytest.mark.parametrize("head", ["Lab Grown", "Manmade", "Synthetic", "Natural"])
    def test_so_it_is_where_the_column_says_nothing_else(self, head: str) -> None:
        reading = read("?", "", under=head)
        assert (growths(reading), refused(reading)) == ({"G-1": "Natural"}, [(2, head, "?")])

    @pytest.mark.parametrize("word", ["", "   ", "Diamond", "Loose diamond"])
    def test_an_empty_cell_and_the_bare_word_diamond_are_natural(self, word: str) -> None:
        reading = read(word, "CVD")
        assert (growths(reading), refused(reading)) == ({"G-0": "Natural", "G-1": "CVD"}, [])

    def test_a_report_of_a_grown_stone_speaks_for_it(self) -> None:
        rows = "G-0,RD,1.01,G,VS1,IGI,LG612345678,7000,?\nG-1,RD,1.01,G,VS1,GIA,6100000001,7000,Natural\n"
        reading = read_file(f"{HEAD},Growth\n{rows}".encode(), "stock.csv")
        assert (growths(reading), refused(reading)) == ({"G-0": "Lab grown", "G-1": "Natural"}, [])


class TestCodes:
    @pytest.mark.parametrize(
        ("natural", "grown"),
        [("N", "L"), ("n", "l"), ("N", "LG"), ("NAT", "LG"), ("NAT", "L"), ("Natural", "Lab"), ("N", "LGD")],
    )
    @pytest.mark.parametrize("head", ["Growth Type", "Type", "Lab Grown"])
    def test_a_code_for_each_is_read(self, natural: str, grown: str, head: str) -> None:
        reading = read(natural, grown, "", natural, under=head)
        expected = {"G-0": "Natural", "G-1": "Lab grown", "G-2": "Natural", "G-3": "Natural"}
        assert (growths(reading), refused(reading), keys(reading)) == (expected, [], [])

    @pytest.mark.parametrize("head", ["N/L", "L / N", "Natural", "Natural/Lab", "Nat or Lab"])
    def test_so_they_are_under_a_header_that_names_them(self, head: str) -> None:
        reading = read("N", "L", "L", under=head)
        assert growths(reading) == {"G-0": "Natural", "G-1": "Lab grown", "G-2": "Lab grown"}
        assert field_of(reading, head) == "growth_type"

    @pytest.mark.parametrize("word", ["N", "L"])
    def test_a_lone_code_keeps_its_row_out(self, word: str) -> None:
        for head in ("Growth Type", "N/L"):
            reading = read(word, word, "", under=head)
            assert growths(reading) == {"G-2": "Natural"}
            assert refused(reading) == [(2, head, word), (3, head, word)]
            assert unread(reading) == [(word, 2)]

    def test_a_third_word_leaves_the_codes_open(self) -> None:
        reading = read("N", "L", "Grwn")
        assert refused(reading) == [
            (2, "Growth Type", "N"),
            (3, "Growth Type", "L"),
            (4, "Growth Type", "Grwn"),
        ]

    def test_a_placeholder_beside_them_does_not(self) -> None:
        reading = read("N", "L", "?")
        assert growths(reading) == {"G-0": "Natural", "G-1": "Lab grown"}
        assert refused(reading) == [(4, "Growth Type", "?")]

    def test_they_are_shown_with_their_words(self) -> None:
        shown = [one for one in read("N", "L", "L").values if one.field == "growth_type"]
        assert shown == [
            ValueMapping("value:growth_type:l", "growth_type", "Growth Type", "L", 2, "Lab grown", False),
            ValueMapping("value:growth_type:n", "growth_type", "Growth Type", "N", 1, "Natural", False),
        ]

    def test_yes_and_no_are_no_codes(self) -> None:
        assert growths(read("Y", "N", under="Natural")) == {"G-0": "Natural", "G-1": "Lab grown"}
        assert growths(read("Y", "N", under="CVD")) == {"G-0": "CVD"}
        assert refused(read("Y", "N", under="CVD")) == [(3, "CVD", "N")]

    def test_a_column_of_something_else_keeps_its_codes(self) -> None:
        reading = read("N", "L", under="Milky")
        assert (field_of(reading, "Milky"), growths(reading)) == (
            "milky",
            {"G-0": "Natural", "G-1": "Natural"},
        )


class TestUnclearHeaders:
    @pytest.mark.parametrize(
        "head", ["Origin", "Source", "Diamond Origin", "Process", "Creation", "Alpha", "Lab 2"]
    )
    @pytest.mark.parametrize("word", ["CVD", "LGD", "Synthetic", "Lab grown"])
    def test_plain_words_settle_it(self, head: str, word: str) -> None:
        reading = read(word, "Natural", word, under=head)
        grown = word if word == "CVD" else "Lab grown"
        assert growths(reading) == {"G-0": grown, "G-1": "Natural", "G-2": grown}
        assert (field_of(reading, head), keys(reading)) == ("growth_type", [])

    def test_what_is_not_read_among_them_keeps_its_row_out(self) -> None:
        for head in ("Origin", "Alpha"):
            reading = read("CVD", "HPHT", "Grwn", "?", "", under=head)
            assert growths(reading) == {"G-0": "CVD", "G-1": "HPHT", "G-4": "Natural"}
            assert refused(reading) == [(4, head, "Grwn"), (5, head, "?")]

    @pytest.mark.parametrize("word", ["Lab", "LG", "Cultured", "HPHT"])
    def test_a_word_that_may_mean_something_else_is_asked_about(self, word: str) -> None:
        reading = read(word, word, "", under="Alpha")
        assert growths(reading) == {"G-0": None, "G-1": None, "G-2": "Natural"}
        (question,) = reading.questions
        assert (question.key, question.header, question.fields) == ("grown:alpha", "Alpha", ["growth_type"])
        assert question.why == (
            f"Column “Alpha” says “{word}”: that may mean that a stone was grown in a laboratory, "
            "or something else. We do not guess, so we ask."
        )
        assert [option.value for option in question.options] == ["Lab grown", "nothing"]

    def test_the_answer_is_taken(self) -> None:
        grown = read("Lab", "HPHT", "", under="Alpha", answers={"grown:alpha": "Lab grown"})
        assert (growths(grown), keys(grown)) == ({"G-0": "Lab grown", "G-1": "HPHT", "G-2": "Natural"}, [])
        other = read("Lab", "HPHT", "", under="Alpha", answers={"grown:alpha": "nothing"})
        assert (growths(other), keys(other)) == (dict.fromkeys(["G-0", "G-1", "G-2"], "Natural"), [])

    def test_no_question_where_another_column_says_it_of_every_stone(self) -> None:
        reading = read("Natural,HPHT", "CVD,HPHT", under="Growth Type,Alpha")
        assert (growths(reading), keys(reading)) == ({"G-0": "Natural", "G-1": "CVD"}, [])

    def test_a_rare_word_in_a_column_of_others_is_none(self) -> None:
        reading = read("LG", "BR", "GY", "BR", under="Alpha")
        assert (growths(reading), keys(reading)) == ({f"G-{at}": "Natural" for at in range(4)}, [])

    def test_a_column_that_its_supplier_leaves_aside_stays_so(self) -> None:
        reading = read("N", "L", under="N/L", answers={"column:nl": "nothing"})
        assert field_of(reading, "N/L") is None


class TestMines:
    @pytest.mark.parametrize("head", ["Origin", "Mine", "Country of Origin"])
    def test_countries_are_mines(self, head: str) -> None:
        reading = read("Botswana", "Canada", "Russia", under=head)
        assert [stone.values["mine_of_origin"] for stone in reading.stones()] == [
            "Botswana",
            "Canada",
            "Russia",
        ]
        assert growths(reading) == {"G-0": "Natural", "G-1": "Natural", "G-2": "Natural"}

    @pytest.mark.parametrize("count", [1, 4])
    def test_a_grown_stone_among_them_is_grown_and_of_no_mine(self, count: int) -> None:
        reading = read("Botswana", "Canada", *["CVD"] * count, "HPHT", under="Origin")
        said = [
            (stone.values.get("mine_of_origin"), stone.values["growth_type"]) for stone in reading.stones()
        ]
        natural = [("Botswana", "Natural"), ("Canada", "Natural")]
        assert said == [*natural, *[(None, "CVD")] * count, (None, "HPHT")]
        assert (field_of(reading, "Origin"), keys(reading)) == ("mine_of_origin", [])

    def test_a_phrase_among_them_is_read_too(self) -> None:
        assert growths(read("Botswana", "Lab-grown in India", under="Origin")) == {
            "G-0": "Natural",
            "G-1": "Lab grown",
        }

    def test_a_vague_word_among_them_is_asked_about(self) -> None:
        reading = read("Botswana", "Canada", "Lab", under="Source")
        assert growths(reading) == {"G-0": "Natural", "G-1": "Natural", "G-2": None}
        assert keys(reading) == ["grown:source"]
        answered = read("Botswana", "Canada", "Lab", under="Source", answers={"grown:source": "Lab grown"})
        assert growths(answered) == {"G-0": "Natural", "G-1": "Natural", "G-2": "Lab grown"}


class TestTwoColumns:
    HEADS = "Growth Type,Lab Grown"

    def test_the_cell_that_decides_is_named(self) -> None:
        reading = read("Natural,", ",?", "Natural,Grwn", "Grwn,?", under=self.HEADS)
        assert growths(reading) == {"G-0": "Natural", "G-2": "Natural"}
        assert refused(reading) == [(3, "Lab Grown", "?"), (5, "Growth Type", "Grwn")]
        assert [row.index for row in reading.refused()] == [9, 8]

    @pytest.mark.parametrize(
        ("cells", "natural", "grown"),
        [("Mined,CVD", ("Growth Type", "Mined"), ("Lab Grown", "CVD")),
         ("LGD,No", ("Lab Grown", "No"), ("Growth Type", "LGD"))],
    )  # fmt: skip
    def test_two_that_contradict_each_other_keep_their_row_out(
        self, cells: str, natural: tuple[str, str], grown: tuple[str, str]
    ) -> None:
        reading = read("Natural,No", "CVD,Yes", cells, under=self.HEADS)
        assert growths(reading) == {"G-0": "Natural", "G-1": "CVD"}
        (row,) = reading.refused()
        assert (row.row, row.column, row.found, row.expected) == (4, *natural, "the same in both places")
        assert row.why == (
            f"Column “{natural[0]}” calls the stone natural, and column “{grown[0]}” says “{grown[1]}”."
        )

    def test_the_word_that_a_remark_contradicts_is_named_as_it_stands(self) -> None:
        reading = read("Mined,CVD stone", "NAT,nice", under="Growth Type,Comments")
        assert (growths(reading), refused(reading)) == ({"G-1": "Natural"}, [(2, "Growth Type", "Mined")])


class TestOtherPlaces:
    @pytest.mark.parametrize(
        ("head", "word"),
        [("Treatment", "CVD stone"), ("Treatment", "As grown"), ("Treatment", "Post-growth"),
         ("Report Type", "Laboratory-Grown Diamond Report"), ("Comments", "Laboratory created"),
         ("Inscription", "IGI LG612345678"), ("Polish", "Lab-made")],
    )  # fmt: skip
    def test_a_plain_word_of_a_grown_stone_counts_where_it_stands(self, head: str, word: str) -> None:
        reading = read(word, "", under=head)
        assert growths(reading) == {"G-0": "Lab grown", "G-1": "Natural"}

    def test_an_empty_cell_under_a_title_that_says_grown_is_grown(self) -> None:
        rows = f"LAB GROWN STOCK\n{HEAD},Growth Type\nG-0,RD,1.01,G,VS1,GIA,6100000000,7000,CVD\n"
        reading = read_file(f"{rows}G-1,RD,1.01,G,VS1,GIA,6100000001,7000,\n".encode(), "stock.csv")
        assert growths(reading) == {"G-0": "CVD", "G-1": "Lab grown"}

    def test_under_a_file_of_that_name_it_is_asked_about(self) -> None:
        reading = read("CVD", "", name="lab_grown.csv")
        assert (growths(reading), keys(reading)) == ({"G-0": "CVD", "G-1": None}, ["growth"])
        assert keys(read("CVD", "Natural", name="lab_grown.csv")) == []

    def test_the_types_of_a_stone_follow(self) -> None:
        stones = read("CVD", "", under="Origin").stones()
        assert [stone.growth for stone in stones] == [Growth.CVD, Growth.NATURAL]
