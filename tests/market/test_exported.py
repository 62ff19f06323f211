"""A company's stock written out and uploaded again changes nothing."""

import random

import pytest

from bourse.dialects.writing import SAMPLES, csv_of, xlsx_of
from bourse.market.actions import accept_upload
from bourse.market.claims import Asked, claims_of
from bourse.market.exported import fields_of
from bourse.market.queries import Counts, difference
from bourse.market.queries.exporting import stock_to_export
from bourse.members.actor import Actor
from cast import NOON, Cast
from dialects.test_writing import HARD, any_rows
from market.files import sent_file

TEXTS = [*HARD[:8], "two\nlines", "钻石", "it's"]


def put_live(actor: Actor, content: bytes, name: str) -> Counts:
    """The file confirmed as the whole stock; what that changed."""
    upload = sent_file(actor, content, name, mode="replace_all")
    assert (upload.questions, upload.refused) == ([], [])
    told = difference(actor, upload.public_id)
    accept_upload(
        actor=actor, upload_id=upload.public_id, fingerprint=told.fingerprint, removing=told.counts.removed,
        now=NOON,
    )  # fmt: skip
    return told.counts


def exported_again_as(actor: Actor, format: str) -> Counts:
    rows = stock_to_export(actor)
    content = b"".join(csv_of(rows)) if format == "csv" else xlsx_of(rows)
    return put_live(actor, content, f"own.{format}")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_sample_rows_exported_and_uploaded_again_change_nothing(cast: Cast, format: str) -> None:
    assert put_live(cast.asha, b"".join(csv_of(SAMPLES)), "stock.csv").new == len(SAMPLES)
    again = exported_again_as(cast.asha, format)
    assert (again.new, again.changed, again.removed, again.unchanged) == (0, 0, 0, len(SAMPLES))


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("seed", range(3))
def test_any_stock_exported_and_uploaded_again_changes_nothing(cast: Cast, format: str, seed: int) -> None:
    rows = any_rows(random.Random(seed), TEXTS, 40)
    assert put_live(cast.asha, xlsx_of(rows), "stock.xlsx").new == len(rows)
    again = exported_again_as(cast.asha, format)
    assert (again.new, again.changed, again.removed, again.unchanged) == (0, 0, 0, len(rows))


def test_nobody_exports_the_stock_of_others(cast: Cast) -> None:
    put_live(cast.asha, b"".join(csv_of(SAMPLES)), "stock.csv")
    assert list(stock_to_export(cast.ben)) == []


@pytest.mark.parametrize("seed", range(5))
def test_fields_are_the_inverse_of_claims(seed: int) -> None:
    for row in any_rows(random.Random(seed), TEXTS, 100):
        values = {name: value for name, value in row.items() if not name.endswith("_cents")}
        asked = Asked(row.get("ask_cents"), row.get("cash_ask_cents"))  # type: ignore[arg-type]
        claims = claims_of(values, asked)
        fields = fields_of(claims._asdict())
        again = {name: value for name, value in fields.items() if not name.endswith("_cents")}
        assert claims_of(again, asked) == claims
