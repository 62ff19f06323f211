"""What stays within a bound opens, and the first thing over it is refused by that bound's name."""

from dataclasses import replace

import pytest

from bourse.dialects.tables import DEFAULT_LIMITS, FileRefused, open_tables
from dialects.making import archive, ods, workbook, xlsx, xlsx_members

_ROW = "<row r='{0}'><c r='A{0}'><v>1</v></c></row>"


def _csv(rows: int, columns: int) -> bytes:
    return ((",".join(["1"] * columns) + "\n") * rows).encode()


def _texts(count: int) -> bytes:
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return xlsx(cell, shared="".join(f"<si><t>{at}</t></si>" for at in range(count)))


def _nested_json(depth: int) -> bytes:
    return b'{"a":' * (depth - 1) + b'{"b":1,"c":2}' + b"}" * (depth - 1)


def _nested_xml(depth: int) -> bytes:
    return b"<a>" * (depth - 1) + b"<i x='1' y='2'/>" + b"</a>" * (depth - 1)


def _sheets(count: int) -> bytes:
    return workbook(**{f"S{at}": [[1]] for at in range(count)})


def _members(count: int) -> bytes:
    members = xlsx_members(_ROW.format(1))
    return archive({**members, **{f"x{at}": "" for at in range(count - len(members))}})


@pytest.mark.parametrize(
    ("limit", "bound", "made", "refusal"),
    [
        ("file_bytes", 8, lambda n: _csv(1, 2).ljust(n), "file_too_big"),
        ("rows", 7, lambda n: _csv(n, 2), "too_many_rows"),
        ("rows", 7, lambda n: workbook(A=[[1]] * 3, B=[[1]] * (n - 3)), "too_many_rows"),
        ("rows", 7, lambda n: b"<r>" + b"<i a='1' b='2'/>" * n + b"</r>", "too_many_rows"),
        ("columns", 7, lambda n: _csv(2, n), "too_many_columns"),
        ("columns", 7, lambda n: workbook(A=[[1] * n]), "too_many_columns"),
        ("cells", 40, lambda n: _csv(n // 2, 2) + b"1" * (n % 2), "too_many_cells"),
        ("cell_characters", 40, lambda n: b"a,b\n1," + b"x" * n, "cell_too_long"),
        ("cell_characters", 40, lambda n: b'a,b\n1,"' + b"x" * n + b'"\n', "cell_too_long"),
        ("cell_characters", 40, lambda n: workbook(A=[["x" * n]]), "cell_too_long"),
        (
            "cell_characters",
            40,
            lambda n: xlsx(f"<row><c t='str'><v>{'x' * n}</v></c></row>"),
            "cell_too_long",
        ),
        ("cell_characters", 40, lambda n: b"<r><i a='1' b='%s'/><i/></r>" % (b"x" * n), "cell_too_long"),
        ("cell_characters", 40, lambda n: b"<table><tr><td>a<td>%s</table>" % (b"x" * n), "cell_too_long"),
        (
            "line_characters",
            60,
            lambda n: b'a,b\n1,"' + b"x," * 10 + b'" x' + b"y" * (n - 26),
            "cell_too_long",
        ),
        ("shared_strings", 40, _texts, "archive_hostile"),
        ("sheets", 3, _sheets, "archive_hostile"),
        ("members", 9, _members, "archive_hostile"),
        ("unpacked_bytes", 9_000, lambda n: archive(_filled_to(n)), "file_too_big"),
        ("depth", 5, _nested_json, "too_deep"),
        ("depth", 5, _nested_xml, "too_deep"),
        ("depth", 5, lambda n: b"<table><tr><td>" * n + b"1", "too_deep"),
    ],
)
def test_a_bound_is_kept_to_the_last_one(limit: str, bound: int, made: object, refusal: str) -> None:
    assert callable(made)
    limits = replace(DEFAULT_LIMITS, heading_rows=0, **{limit: bound})
    assert open_tables(made(bound), "stock", limits).sheets[0].rows
    with pytest.raises(FileRefused) as caught:
        open_tables(made(bound + 1), "stock", limits)
    assert caught.value.code == refusal
    assert str(caught.value).endswith(".")


def _filled_to(size: int) -> dict[str, bytes | str]:
    """The members of a workbook that unpack to this size."""
    members = xlsx_members(_ROW.format(1))
    return {**members, "filling": "x" * (size - sum(map(len, members.values())))}


def test_quotes_left_open_in_every_line_cost_a_line_each() -> None:
    tables = open_tables(b'x","\n' * 3_000, "stock.csv")
    assert len(tables.sheets[0].rows) == 3_000
    assert len(tables.notes) == 1_000


def test_formulas_without_results_are_noted_a_thousand_times_at_most() -> None:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><v>1</v></c><c r="B{at}"><f>A1</f></c></row>' for at in range(1, 1_501)
    )
    assert len(open_tables(xlsx(rows), "stock.xlsx").notes) == 1_000


def test_repeated_rows_of_libreoffice_are_rows_until_the_bound() -> None:
    repeated = (
        "<office:body><office:spreadsheet><table:table><table:table-row table:number-rows-repeated='3'>"
        "<table:table-cell office:value-type='float' office:value='1'/></table:table-row></table:table>"
        "</office:spreadsheet></office:body>"
    )
    enough, too_few = (replace(DEFAULT_LIMITS, heading_rows=0, rows=rows) for rows in (3, 2))
    assert open_tables(ods(repeated), "stock.ods", enough).sheets[0].rows == [[1]] * 3
    with pytest.raises(FileRefused):
        open_tables(ods(repeated), "stock.ods", too_few)
