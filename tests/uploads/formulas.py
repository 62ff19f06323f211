"""Texts that a spreadsheet would run: they are stored as the texts that they are."""

from collections.abc import Iterator
from itertools import product

from uploads.cases import Case
from uploads.stock import as_csv, changed, with_shared_texts

KIND = "formula"
PAYLOADS = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1:9","go")',
    "=1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
    '=DDE("cmd","/C calc","x")',
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠x",
    '=IMPORTXML("http://127.0.0.1:9/")',
    '=WEBSERVICE("http://127.0.0.1:9/")',
    "|calc",
    "%0A=1+1",
]
FIELDS = {"Comment": "member_comment", "City": "city", "Stock #": "stock_no", "Report #": "certificate_no"}
WORDS = ("Shape", "Weight", "Color", "Clarity")


def cases() -> Iterator[Case]:
    for payload, (column, field) in product(PAYLOADS, FIELDS.items()):
        rows = changed(column, payload)
        yield Case(
            KIND,
            f"{payload[:14]} in {column}",
            "s.csv",
            lambda rows=rows: as_csv(rows),
            12,
            values={field: payload},
        )  # type: ignore[misc]
    for payload, column in product(PAYLOADS[:6], WORDS):
        rows = changed(column, payload)
        yield Case(
            KIND,
            f"{payload[:14]} in {column}",
            "s.csv",
            lambda rows=rows: as_csv(rows),
            11,
            1,
            says=("row 2", payload),
        )  # type: ignore[misc]
    for payload in PAYLOADS[1:8]:
        yield Case(
            KIND,
            f"{payload[:14]} as the text of a workbook",
            "s.xlsx",
            lambda payload=payload: with_shared_texts(changed("Comment", payload)),
            12,
            values={"member_comment": payload},
        )  # type: ignore[misc]
    for sign in ("\t", " ", "\r"):
        rows = changed("Comment", f"{sign}=1+1")
        yield Case(
            KIND,
            f"a formula behind {sign!r}",
            "s.csv",
            lambda rows=rows: as_csv(rows),
            12,
            values={"member_comment": "=1+1"},
        )  # type: ignore[misc]
