"""Questions to the user: what a file does not say, in words that he can answer at once."""

from collections.abc import Mapping, Sequence

from bourse.dialects.columns import RawColumn
from bourse.dialects.rates import RATE
from bourse.dialects.reading import Option, Question
from bourse.dialects.spelling import squeeze

PER_CARAT, TOTAL, ASIDE = "price_per_carat", "total_price", "nothing"
DOLLARS_ALL_THE_SAME, WHICH_PRICE = "usd", "which_price"
_NOT_OF_A_COLUMN = ("duplicates", "currency:", "growth", "shape:r")


class Questions:
    """The questions of one file, and the answers that the supplier gave for this layout before."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self.asked: list[Question] = []
        self.settled: set[tuple[str, int]] = set()  # the columns whose field a question settles, or will

    def given(self, key: str) -> str:
        """The answer to a question that may come, "" for none."""
        return self._answers.get(key, "")

    def ask(
        self,
        key: str,
        raw: RawColumn,
        fields: Sequence[str],
        why: str,
        options: Sequence[Option],
        typed: str = "",
    ) -> str | None:
        """The answer given for this layout, or None; then the question stands among the asked."""
        if not key.startswith(_NOT_OF_A_COLUMN):
            self.settled.add((raw.sheet, raw.index))
        answer = self._answers.get(key)
        if answer in {option.value for option in options} or (
            typed and answer and answer.startswith(f"{typed}:")
        ):
            return answer
        if all(question.key != key for question in self.asked):
            self.asked.append(
                Question(key, raw.sheet, raw.header, raw.index, list(fields), why, list(options), typed)
            )
        return None

    def price_meaning(self, raw: RawColumn, fields: Sequence[str], *, is_unnamed: bool) -> str | None:
        """Whether a price is per carat or for the whole stone, or none where no header calls it one."""
        if is_unnamed:
            why = (
                f"No column names a price, and the numbers under “{raw.header}” grow with the weights, as "
                "prices do. We do not guess, so we ask."
            )
            return self.ask(f"price:{squeeze(raw.header)}", raw, fields, why, [_PER_CARAT, _TOTAL, _NO_PRICE])
        why = (
            f"Column “{raw.header}” holds prices, but neither its header nor the other columns say "
            "whether they are "
            "per carat or for the whole stone. We do not guess, so we ask."
        )
        return self.ask(f"price:{squeeze(raw.header)}", raw, fields, why, [_PER_CARAT, _TOTAL])

    def cost_meaning(self, raw: RawColumn) -> str | None:
        """Whether a cost is the seller's own secret or what a buyer pays."""
        why = (
            f"Column “{raw.header}” may be what you paid yourself, which stays private, or what a buyer "
            "pays you. "
            "The file has no other price. We do not guess, so we ask."
        )
        options = [
            Option("cost", "It is what I paid: keep it private; these stones have no ask."),
            Option(PER_CARAT, "It is what a buyer pays, per carat."),
            Option(TOTAL, "It is what a buyer pays, for the whole stone."),
        ]
        return self.ask(f"cost:{squeeze(raw.header)}", raw, ["cost", PER_CARAT, TOTAL], why, options)

    def own_list(self, raw: RawColumn) -> str | None:
        """Whether a list price with nothing else beside it is what the seller asks."""
        why = (
            f"The only prices in this file stand in “{raw.header}”, which calls them list prices. They "
            "may be what "
            "you ask, or only a list to compare with. We do not guess, so we ask."
        )
        options = [
            Option("ask", "It is what I ask."),
            Option("list", "It is only a list to compare with; these stones have no ask."),
        ]
        return self.ask(f"list:{squeeze(raw.header)}", raw, ["list_price", PER_CARAT], why, options)

    def two_prices(self, raw: RawColumn, other: RawColumn) -> str | None:
        """Which of two prices stands where most rows contradict each other."""
        why = (
            f"“{raw.header}” times the weight is not what “{other.header}” says, in most rows. One of "
            "the two is not "
            "what you ask. We do not guess, so we ask."
        )
        options = [
            Option(PER_CARAT, f"“{raw.header}” stands: it is per carat."),
            Option(TOTAL, f"“{other.header}” stands: it is for the whole stone."),
            Option("other_per_carat", f"“{other.header}” stands, and it is per carat."),
        ]
        key = f"two_prices:{squeeze(raw.header)}:{squeeze(other.header)}"
        return self.ask(key, raw, [PER_CARAT, TOTAL], why, options)

    def discount_meaning(self, raw: RawColumn, forms: Sequence[str]) -> str | None:
        """What a number under a discount's header means."""
        why = (
            f"Column “{raw.header}” holds {', '.join(raw.samples)}: the file does not say whether that "
            "is below or "
            "above the list, or a percentage of it. We do not guess, so we ask."
        )
        options = [_FORMS[form] for form in forms]
        return self.ask(f"discount:{squeeze(raw.header)}", raw, ["discount_pct"], why, options)

    def currency(self, raw: RawColumn, named: str) -> str | None:
        """What to do with amounts in another currency."""
        why = f"The prices seem to be in {named}; an ask on this exchange is in US dollars."
        options = [
            Option(DOLLARS_ALL_THE_SAME, "The amounts are US dollars all the same."),
            Option("no_ask", f"They are {named}: take the stones without an ask."),
            Option(RATE, f"They are {named}: exchange them at a rate that I give, with its day."),
        ]
        return self.ask(f"currency:{named}", raw, [PER_CARAT, TOTAL], why, options, RATE)

    def second_ask(self, raw: RawColumn, each: str, whole: str) -> str | None:
        """Whether a cash or memo price is per carat or for the whole stone."""
        kind = each.partition("_")[0]
        why = (
            f"Column “{raw.header}” holds {kind} prices, but neither its header nor the other columns say "
            "whether they are per carat or for the whole stone. We do not guess, so we ask."
        )
        options = [
            Option(each, f"The {kind} prices are per carat."),
            Option(whole, f"The {kind} prices are for the whole stone."),
            Option(ASIDE, f"They are no {kind} prices: leave the column aside."),
        ]
        return self.ask(f"{kind}:{squeeze(raw.header)}", raw, [each, whole], why, options)

    def letter_r(self, raw: RawColumn) -> str | None:
        """Whether a shape R is round or radiant."""
        why = (
            f"In column “{raw.header}” R may be Round or Radiant, and the sizes of these "
            "stones do not tell which."
        )
        options = [Option("Round", "R is Round."), Option("Radiant", "R is Radiant.")]
        return self.ask("shape:r", raw, ["shape"], why, options)

    def growth(self, raw: RawColumn, said: str) -> str | None:
        """Whether the stones are lab-grown, as a heading has it that no stone's own cells confirm."""
        why = (
            f"{said}, and not every stone has a cell that says whether it was grown. "
            "We do not guess, so we ask."
        )
        options = [
            Option("Lab grown", "Where no cell says it, the stones of this list are lab-grown."),
            Option("Natural", "Where no cell says it, the stones of this list are natural."),
        ]
        return self.ask("growth", raw, ["growth_type"], why, options)

    def growth_words(self, raw: RawColumn, words: Sequence[str]) -> str | None:
        """Whether words that may speak of the growth do so in this column."""
        named = ", ".join(f"“{word}”" for word in words)
        why = (
            f"Column “{raw.header}” says {named}: that may mean that a stone was grown in a laboratory, or "
            "something else. We do not guess, so we ask."
        )
        options = [
            Option("Lab grown", "It means that the stone was grown: it is lab-grown."),
            Option(ASIDE, "It says nothing of how the stone came to be."),
        ]
        return self.ask(f"grown:{squeeze(raw.header)}", raw, ["growth_type"], why, options)

    def which_column(self, field: str, raws: Sequence[RawColumn]) -> str | None:
        """Which of several columns holds a field that every stone needs."""
        names = ", ".join(f"“{raw.header or column_letter(raw.index)}”" for raw in raws)
        why = f"No header names the {field}, and {names} could hold it. We do not guess, so we ask."
        options = [
            Option(str(raw.index), f"It is “{raw.header or column_letter(raw.index)}”.") for raw in raws
        ]
        options.append(Option(ASIDE, "None of them."))
        return self.ask(f"which:{field}", raws[0], [field], why, options)

    def which_price(self, raws: Sequence[RawColumn]) -> str | None:
        """Which of several columns of large numbers is what the seller asks, and for what."""
        names = {raw.key: f"“{raw.header or column_letter(raw.index)}”" for raw in raws}
        why = (
            f"No column names a price, and the numbers under {' and '.join(names.values())} grow with the "
            "weights, as prices do. We do not guess, so we ask."
        )
        options = [
            Option(f"{column}:{field}", f"{name} is what I ask, {what}.")
            for column, name in names.items()
            for field, what in ((PER_CARAT, "per carat"), (TOTAL, "for the whole stone"))
        ]
        options.append(Option(ASIDE, "None of them is a price; these stones have no ask."))
        key = f"{WHICH_PRICE}:{':'.join(squeeze(raw.header) for raw in raws)}"
        return self.ask(key, raws[0], [PER_CARAT, TOTAL], why, options)

    def is_open(self, kind: str, sheet: str) -> bool:
        """Whether a question of this kind waits for its answer."""
        return any(one.sheet == sheet and one.key.startswith(f"{kind}:") for one in self.asked)

    def duplicates(self, raw: RawColumn, field: str, example: str) -> str | None:
        """Which row stands where two carry one number."""
        what = "stock number" if field == "stock_no" else "report"
        why = (
            f"Several rows have the same {what}, for example {example}, and they differ. "
            "Which of them stands?"
        )
        options = [
            Option("first", "The first row stands, the later ones are refused."),
            Option("last", "The last row stands, the earlier ones are refused."),
        ]
        return self.ask("duplicates", raw, [field], why, options)


_PER_CARAT = Option(PER_CARAT, "The prices are per carat.")
_TOTAL = Option(TOTAL, "The prices are for the whole stone.")
_NO_PRICE = Option(ASIDE, "It is no price; these stones have no ask.")
_FORMS = {
    "percent": Option("percent", "-30 means 30 % below the list; a number without a minus is above it."),
    "minus percent": Option("minus percent", "30 means 30 % below the list; a minus is above it."),
    "fraction": Option("fraction", "-0.30 means 30 % below the list; a number without a minus is above it."),
    "minus fraction": Option("minus fraction", "0.30 means 30 % below the list; a minus is above it."),
    "percent of": Option("percent of", "70 means 70 % of the list."),
    "fraction of": Option("fraction of", "0.70 means 70 % of the list."),
}


def column_index(letters: str) -> int:
    """The index of a column by the name that a spreadsheet shows."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number - 1


def column_letter(index: int) -> str:
    """A column's name as a spreadsheet shows it: A, B, … Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
