"""The largest stock that is taken, from the file to the search's door, within the child's usual memory."""

import csv
import io

import pytest
import xlsxwriter

from bourse.dialects.tables.limits import DEFAULT_LIMITS
from bourse.kit import confined
from bourse.market.actions import accept_upload
from bourse.market.actions.reading import limits_of
from bourse.market.models import Listing
from bourse.market.queries import difference
from bourse.run.bench.upload import made
from cast import NOON, Cast
from market.files import sent_file

TOY = 300


@pytest.fixture(autouse=True)
def read_in_process() -> None:
    """Read in the real child, within its bounds."""


def as_xlsx(content: bytes) -> bytes:
    """The same table as a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_numbers": True, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Stock")
    for at, row in enumerate(csv.reader(io.StringIO(content.decode(), newline=""))):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("name", ["stock.csv", "stock.xlsx"])
@pytest.mark.parametrize("stones", [TOY, pytest.param(DEFAULT_LIMITS.rows, marks=pytest.mark.long)])
def test_a_whole_stock_goes_live(cast: Cast, name: str, stones: int) -> None:
    content = made.stock(stones, seed=11, prefix="L")
    sent = as_xlsx(content) if name.endswith("xlsx") else content
    public_id = sent_file(cast.asha, sent, name=name).public_id
    told = difference(cast.asha, public_id)
    assert (told.counts.new, told.counts.refused) == (stones, 0)
    accept_upload(actor=cast.asha, upload_id=public_id, fingerprint=told.fingerprint, removing=None, now=NOON)
    assert Listing.objects.filter(is_live=True).count() == stones


def test_a_large_file_has_more_time_and_no_more_memory() -> None:
    usual, large = confined.DEFAULT_CONFINEMENT, limits_of(60 * confined.MIB)
    assert large.memory_bytes == usual.memory_bytes
    assert (large.cpu_seconds, large.wall_seconds) == (180, 450)
    assert limits_of(0) == usual
