"""The stones that a phrase finds in this installation's catalogue, as a table or as JSON."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from urllib.parse import urlencode

import msgspec

from bourse.kit import clock
from bourse.run import log
from bourse.run.process import set_up_django
from bourse.search.measures import Measure, shown_weight
from bourse.search.phrase import read
from bourse.search.phrase.form import Form, form
from bourse.search.rows import ResultRow

HEADINGS = (
    *("Shape", "Carat", "Colour", "Clarity", "Cut", "Pol", "Sym", "Fluor", "Lab", "Report"),
    *("$/ct", "Total", "Country", "Seller"),
)
SHORT = {"Excellent": "EX", "Very Good": "VG", "Good": "G", "Fair": "F", "Poor": "P", "Ideal": "ID"}
NUMBERS = ("Carat", "$/ct", "Total")


class Answer(msgspec.Struct, frozen=True):
    """What a phrase finds: how it was read and said back, what of it is not asked for, and the stones."""

    reading: Form
    read_as: str
    not_applied: list[str]
    total: int
    listings: list[dict[str, object]]


def found(phrase: str, limit: int, *, as_json: bool) -> str:
    """The first stones that the phrase finds, as they are printed; refused where there is no catalogue."""
    log.configure("find")
    set_up_django()
    answer = _answer(phrase, limit)
    return msgspec.json.encode(answer).decode() if as_json else told(answer)


def _answer(phrase: str, limit: int) -> Answer:
    from bourse.search import queries  # noqa: PLC0415 (needs Django set up)
    from bourse.search.echo import echo  # noqa: PLC0415
    from bourse.search.filter import PHRASE, from_query  # noqa: PLC0415

    wanted, left = from_query(urlencode({PHRASE: phrase}))
    result = queries.find(None, wanted, limit, now=clock.now())
    if not result.is_ready:
        raise queries.SearchNotBuilt
    return Answer(
        form(read(phrase)),
        echo(wanted),
        [one.text for one in left],
        result.total,
        [msgspec.to_builtins(_named(row)) for row in result.rows],
    )


def _named(row: ResultRow) -> dict[str, object]:
    return {
        name: getattr(row, name) for name in row.__struct_fields__ if name not in ("is_own", "ask_is_hidden")
    }


def told(answer: Answer) -> str:
    """How the phrase was read, how many stones it finds, and the first of them in a table."""
    lines = [f"Read as: {answer.read_as or 'everything that is available'}"]
    lines += [f"Not asked for: {', '.join(answer.not_applied)}"] if answer.not_applied else []
    lines += [f"? {question}" for question in answer.reading["questions"]]
    shown = len(answer.listings)
    lines.append(
        f"{answer.total:,} found"
        + (f", the first {shown:,}:" if shown < answer.total else ":" if shown else ".")
    )
    return "\n".join([*lines, *_table([list(_cells(row)) for row in answer.listings])])


def _cells(row: dict[str, object]) -> Iterator[str]:
    text = {name: str(value) if value else "" for name, value in row.items()}
    weight = Measure.CARATS.text_of(shown_weight(Decimal(text["weight_ct"])))
    yield from (text["shape"], weight, _colour(text), _range(text, "clarity"))
    yield from (SHORT.get(text[name], text[name]) for name in ("cut", "polish", "symmetry"))
    yield from (text["fluorescence"], text["laboratory"], text["report_number"])
    yield from (_dollars(row["ppc_cents"]), _dollars(row["ask_cents"]))
    yield from (text["country"], text["company_name"])


def _colour(text: dict[str, str]) -> str:
    fancy = (text["fancy_intensity"], text["fancy_overtone"], text["fancy_colour"])
    return " ".join(filter(None, fancy)) if text["fancy_colour"] else _range(text, "colour")


def _range(text: dict[str, str], name: str) -> str:
    return "–".join(filter(None, (text[name], text[f"{name}_to"])))


def _dollars(cents: object) -> str:
    return f"{round(cents / 100):,}" if isinstance(cents, int) else ""


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A line for each row under the headings, as wide as what stands in it; numbers to the right."""
    if not rows:
        return
    columns = list(zip(HEADINGS, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    for line in zip(*columns, strict=True):
        cells = zip(HEADINGS, line, widths, strict=True)
        yield "  ".join(
            f"{cell:>{wide}}" if name in NUMBERS else f"{cell:<{wide}}" for name, cell, wide in cells
        ).rstrip()
