"""The sign that parts the cells of a line."""

from bourse.dialects.tables import open_tables


def test_a_sign_inside_one_cell_is_not_the_one_that_parts_the_cells() -> None:
    lines = [
        "Stock,Shape,Carat,Measurements,Note",
        *(f"A{n},Round,1.0{n},6.{n}|6.{n}|3.8,x" for n in range(9)),
    ]
    lines[3] += ",and more"
    tables = open_tables("\n".join(lines).encode(), "stock.csv")
    assert tables.delimiter == ","
    assert [len(row) for row in tables.sheets[0].rows] == [5, 5, 5, 6, 5, 5, 5, 5, 5, 5]
