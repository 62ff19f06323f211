"""Each real stock file through the API by a company of its own, until a buyer finds a stone of it.

Runs where BOURSE_REAL_STOCK names the folder of the files; they are not part of this project. answers.json
holds what a supplier would answer where it is not the first option.
"""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import Count, Max
from django.test import Client

import cast as people
import working
from bourse.market.models import AskChange, Listing, PastListing, Stone
from bourse.members.actor import Actor, Role
from bourse.members.models import Company
from cast import Cast
from stories.conftest import following, signed_in
from stories.dealing import by_its_facets, confirm, difference, upload

__all__ = ["following", "signed_in"]  # fixtures

FOLDER = os.environ["BOURSE_REAL_STOCK"]
FILES = sorted(path.name for path in Path(FOLDER).iterdir())
LEDGER = "nayto_melee_purchase.xlsx"
ANSWERS = json.loads((Path(__file__).parent / "answers.json").read_text())
SEED = 20261124


@pytest.mark.parametrize("name", [name for name in FILES if name != LEDGER])
def test_a_file_goes_live_once_and_its_repeat_asks_and_changes_nothing(
    cast: Cast, signed_in: Callable[[Actor], Client], name: str
) -> None:
    house = people.company(f"House of {name}")
    seller, buyer = signed_in(people.joins("Sam", house, Role.OWNER)), signed_in(cast.ben)
    content = (Path(FOLDER) / name).read_bytes()
    told = upload(seller, name, content, ANSWERS.get(name))
    assert told["totals"]["taken"] >= 0.95 * told["totals"]["rows"]
    meant = difference(seller, told)
    refused = told["totals"]["refused"]
    assert confirm(seller, told)["counts"] == meant["counts"] | {"refused": refused}
    assert meant["counts"]["new"] == told["totals"]["taken"] > 0
    assert is_found(buyer, house, random.Random(SEED).choice(meant["new"]))
    written = everything_written()
    # As the whole stock: what the first reading took may not be missed by the second either.
    again = upload(seller, name, content, mode="replace_all")
    assert again["questions"] == []
    assert confirm(seller, again)["counts"] == unchanged(told["totals"]["taken"], refused)
    assert everything_written() == written


def test_a_purchase_ledger_is_no_stock(cast: Cast, signed_in: Callable[[Actor], Client]) -> None:
    content = (Path(FOLDER) / LEDGER).read_bytes()
    seller = signed_in(cast.asha)
    sent = seller.post(
        f"/api/v1/uploads?name={LEDGER}&mode=add_and_update", content, content_type="text/plain"
    )
    working.do_waiting_jobs()
    told = seller.get(sent["Location"]).json()
    assert (told["state"], told["refusal"]["code"]) == ("refused", "not_a_stock_list")
    assert not Listing.objects.exists()


def unchanged(count: int, refused: int) -> dict[str, int]:
    """The counts of an upload that changes nothing."""
    return {"new": 0, "changed": 0, "removed": 0, "unchanged": count, "refused": refused, "kept": 0}


def everything_written() -> list[tuple[int, int | None]]:
    """How many rows of stock and of its past there are, and the newest of each."""
    tables = (Stone, Listing, AskChange, PastListing)
    newest = [table.objects.aggregate(count=Count("pk"), last=Max("pk")) for table in tables]
    revision = Listing.objects.aggregate(last=Max("revision"))["last"]
    return [*((one["count"], one["last"]) for one in newest), (0, revision)]


def is_found(buyer: Client, house: Company, stone: dict[str, object]) -> bool:
    """Whether the stone is among the house's offers of its shape, weight, colour and clarity."""
    offers = [offer for offer in by_its_facets(buyer, stone) if offer["company_public_id"] == house.public_id]
    return any(
        (offer["supplier_stock_number"], offer["report_number"])
        == (stone["supplier_stock_number"], stone["report_number"])
        for offer in offers
    )
