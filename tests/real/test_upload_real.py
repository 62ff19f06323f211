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
from django.test import Client

import cast as people
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
def test_a_buyer_finds_a_stone_of_the_file(
    cast: Cast, signed_in: Callable[[Actor], Client], name: str
) -> None:
    house = people.company(f"House of {name}")
    seller, buyer = signed_in(people.joins("Sam", house, Role.OWNER)), signed_in(cast.ben)
    content = (Path(FOLDER) / name).read_bytes()
    told = upload(seller, name, content, ANSWERS.get(name))
    assert told["totals"]["taken"] >= 0.95 * told["totals"]["rows"]
    meant = difference(seller, told)
    assert confirm(seller, told)["counts"]["new"] == told["totals"]["taken"]
    stone = random.Random(SEED).choice(meant["new"])
    assert is_found(buyer, house, stone)
    again = upload(seller, name, content)
    assert again["questions"] == []
    assert difference(seller, again)["counts"] == {
        "new": 0,
        "changed": 0,
        "removed": 0,
        "unchanged": told["totals"]["taken"],
        "refused": 0,
    }


def test_a_purchase_ledger_is_no_stock(cast: Cast, signed_in: Callable[[Actor], Client]) -> None:
    content = (Path(FOLDER) / LEDGER).read_bytes()
    refused = signed_in(cast.asha).post(
        f"/api/v1/uploads?name={LEDGER}&mode=add_and_update", content, content_type="application/octet-stream"
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_stock_list")


def is_found(buyer: Client, house: Company, stone: dict[str, object]) -> bool:
    """Whether the stone is among the house's offers of its shape, weight, colour and clarity."""
    offers = [offer for offer in by_its_facets(buyer, stone) if offer["company_public_id"] == house.public_id]
    return any(
        (offer["supplier_stock_number"], offer["report_number"])
        == (stone["supplier_stock_number"], stone["report_number"])
        for offer in offers
    )
