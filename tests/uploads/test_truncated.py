"""A stock file cut off anywhere, sent to replace all: nothing goes unless its number is typed."""

import hashlib
from collections import Counter
from collections.abc import Callable

import pytest

from bourse.dialects.writing import csv_of, xlsx_of
from bourse.market.actions import accept_upload
from bourse.market.models import AskChange, Listing, PastListing
from bourse.market.queries import Difference, UploadView, difference
from bourse.market.refusals import RemovalNeedsNumber, UploadIsClosed
from bourse.members.actor import Actor
from cast import NOON, Cast
from dialects.made import Stone, stones
from market.files import sent_file
from uploads.stock import as_csv, as_xlsx, row_of, table

pytestmark = pytest.mark.usefixtures("read_in_process")
PARTS = 200
COUNT = 120
MADE = stones(COUNT, seed=8)
Record = Callable[[str, object], None]


def rows() -> list[dict[str, object]]:
    """The stock as rows of our own layout."""
    return [
        {
            "stock_no": f"A{stone.number}", "growth_type": "Natural", "shape": stone.shape,
            "carat": stone.carat, "color": stone.color, "clarity": stone.clarity, "lab": stone.lab,
            "certificate_no": stone.report,
            "ask_cents": round(stone.total * 100), "city": "Antwerp",
        }
        for stone in MADE
    ]  # fmt: skip


def xml() -> bytes:
    """The stock as XML."""
    return f'<?xml version="1.0"?>\n<stones>{"".join(map(_element, MADE))}</stones>'.encode()


def _element(stone: Stone) -> str:
    cells = {
        "stock_no": f"A{stone.number}", "shape": stone.shape, "carat": stone.carat, "color": stone.color,
        "clarity": stone.clarity, "lab": stone.lab, "report_no": stone.report,
        "price_per_carat": stone.per_carat,
    }  # fmt: skip
    return f"<stone>{''.join(f'<{name}>{cell}</{name}>' for name, cell in cells.items())}</stone>"


LISTS: dict[str, Callable[[], bytes]] = {
    "csv": lambda: as_csv([table(0)[0], *map(row_of, MADE)]),
    "own.csv": lambda: b"".join(csv_of(rows())),
    "xlsx": lambda: as_xlsx([table(0)[0], *map(row_of, MADE)]),
    "own.xlsx": lambda: xlsx_of(rows()),
    "xml": xml,
}
REFUSALS = {"xlsx": {"workbook_corrupt"}, "xml": {"xml_invalid"}}


def hash_of_stock(actor: Actor) -> str:
    """What the company's listings, their history and their past say, in one word."""
    told = hashlib.sha256()
    for model in (Listing, AskChange, PastListing):
        for values in model.objects.order_by("pk").values_list():
            told.update(repr(values).encode())
    return told.hexdigest()


def put_live(actor: Actor, content: bytes, name: str) -> None:
    """The whole file as the whole stock."""
    sent = sent_file(actor, content, name, mode="replace_all")
    told = difference(actor, sent.public_id)
    assert (sent.state, told.counts.new) == ("ready", COUNT)
    accept_upload(actor=actor, upload_id=sent.public_id, fingerprint=told.fingerprint, removing=0, now=NOON)


def cut_off_everywhere(actor: Actor, name: str, parts: range, record: Record) -> None:
    whole = LISTS[name]()
    put_live(actor, whole, f"stock.{name}")
    before, ends = hash_of_stock(actor), Counter[str]()
    for part in parts:
        sent = sent_file(actor, whole[: len(whole) * part // PARTS], f"stock.{name}", mode="replace_all")
        ends[_end_of(actor, sent, name)] += 1
        assert hash_of_stock(actor) == before
    for end, count in ends.items():
        record(f"{name}_{end}", count)
    assert sum(ends.values()) == len(parts)


def _end_of(actor: Actor, sent: UploadView, name: str) -> str:
    """What becomes of a cut file; every way that leaves the stock as it is."""
    if sent.state == "refused":
        assert sent.refusal is not None
        allowed = REFUSALS.get(name.removeprefix("own."), {"not_a_stock_list", "file_empty"})
        assert (sent.refusal.code in allowed, sent.totals, sent.questions) == (True, {}, []), sent.refusal
        with pytest.raises(UploadIsClosed):
            accept_upload(actor=actor, upload_id=sent.public_id, fingerprint="", removing=None, now=NOON)
        return f"refused_{sent.refusal.code}"
    assert (name.endswith("csv"), sent.state) == (True, "ready"), (sent.state, sent.questions)
    return _shown(actor, sent, difference(actor, sent.public_id))


def _shown(actor: Actor, sent: UploadView, told: Difference) -> str:
    counts = told.counts
    assert counts.unchanged + counts.changed + counts.removed == COUNT
    assert counts.new + counts.changed + len(sent.refused) <= 1  # the last line, as far as it goes
    if not told.removal_needs_number:
        assert counts.removed <= COUNT // 10
        return "difference_within_the_free_share"
    for typed in (None, 0, counts.removed - 1):
        with pytest.raises(RemovalNeedsNumber, match=f"{counts.removed} of your {COUNT} listings"):
            accept_upload(
                actor=actor, upload_id=sent.public_id, fingerprint=told.fingerprint, removing=typed, now=NOON
            )  # fmt: skip
    return "difference_needs_the_number"


@pytest.mark.parametrize("name", ["csv", "xlsx", "xml"])
def test_a_list_cut_off_at_twenty_places_takes_nothing_down(
    cast: Cast, name: str, record_property: Record
) -> None:
    cut_off_everywhere(cast.asha, name, range(9, PARTS, 10), record_property)


@pytest.mark.parametrize("name", ["own.csv", "own.xlsx"])
def test_our_own_layout_cut_off_takes_nothing_down(cast: Cast, name: str, record_property: Record) -> None:
    cut_off_everywhere(cast.asha, name, range(19, PARTS, 20), record_property)


@pytest.mark.long
@pytest.mark.parametrize("name", list(LISTS))
def test_a_list_cut_off_anywhere_takes_nothing_down(cast: Cast, name: str, record_property: Record) -> None:
    cut_off_everywhere(cast.asha, name, range(1, PARTS), record_property)


def test_the_number_typed_takes_them_down(cast: Cast) -> None:
    whole = LISTS["csv"]()
    put_live(cast.asha, whole, "stock.csv")
    sent = sent_file(cast.asha, whole[: len(whole) // 2], "stock.csv", mode="replace_all")
    told = difference(cast.asha, sent.public_id)
    accept_upload(
        actor=cast.asha, upload_id=sent.public_id, fingerprint=told.fingerprint, removing=told.counts.removed,
        now=NOON,
    )  # fmt: skip
    assert Listing.objects.filter(is_live=True).count() == COUNT - told.counts.removed + told.counts.new
