"""Asha sends the file that she has; Ben finds the stone by its facets."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from bourse.members.actor import Actor
from cast import Cast
from stories.dealing import by_its_facets, confirm, difference, found, upload

SignIn = Callable[[Actor], Client]

RAPNET = """Stock #,Shape,Weight,Color,Clarity,Cut Grade,Polish,Symmetry,Fluor,Lab,Report #,Rapnet Price
R-1,BR,1.01,G,VS1,EX,EX,VG,N,GIA,7000000001,7000
R-2,PS,0.50,E,SI1,,EX,VG,F,GIA,7000000002,3000
"""
SEMICOLONS = """Ref;Form;Carat;Colour;Purity;Certificate;Cert No;Total USD
S-1;Round;1,20;F;IF;GIA;7000000011;24000
"""
TABS = "Lot\tShape\tCts\tCol\tCla\tLab\tReport\tTotal\nT-1\tOval\t2.10\tH\tVVS2\tIGI\t7000000021\t18900\n"
XML = """<?xml version="1.0"?><stones><stone><StockNo>X-1</StockNo><Shape>Emerald</Shape><Weight>3.02</Weight>
<Color>D</Color><Clarity>VVS1</Clarity><Lab>GIA</Lab><ReportNo>7000000031</ReportNo><TotalPrice>150000</TotalPrice></stone>
<stone><StockNo>X-2</StockNo><Shape>Cushion</Shape><Weight>1.50</Weight><Color>J</Color><Clarity>SI2</Clarity>
<Lab>HRD</Lab><ReportNo>7000000032</ReportNo><TotalPrice>6000</TotalPrice></stone></stones>"""
JSON = json.dumps(
    [
        {
            "stockNumber": f"J-{number}",
            "shape": "Princess",
            "carat": 0.9 + number / 10,
            "color": "F",
            "clarity": "VS2",
        }
        | {"lab": "GIA", "certNumber": str(7000000040 + number), "totalPrice": 4000 + number}
        for number in (1, 2)
    ]
)
FILES = [
    (
        "rapnet.csv",
        RAPNET,
        2,
        {"shape": "Round", "weight_ct": 1.01, "colour": "G", "clarity": "VS1"},
        707_000,
    ),
    (
        "semicolons.csv",
        SEMICOLONS,
        1,
        {"shape": "Round", "weight_ct": 1.2, "colour": "F", "clarity": "IF"},
        2_400_000,
    ),
    ("tabs.tsv", TABS, 1, {"shape": "Oval", "weight_ct": 2.1, "colour": "H", "clarity": "VVS2"}, 1_890_000),
    (
        "feed.xml",
        XML,
        2,
        {"shape": "Emerald", "weight_ct": 3.02, "colour": "D", "clarity": "VVS1"},
        15_000_000,
    ),
    ("feed.json", JSON, 2, {"shape": "Princess", "weight_ct": 1.1, "colour": "F", "clarity": "VS2"}, 400_200),
]


@pytest.mark.parametrize(
    ("name", "text", "rows", "stone", "ask_cents"), FILES, ids=[file[0] for file in FILES]
)
def test_a_file_of_whatever_layout_is_found_by_its_facets(
    cast: Cast, signed_in: SignIn, name: str, text: str, rows: int, stone: dict[str, object], ask_cents: int
) -> None:
    asha, ben = signed_in(cast.asha), signed_in(cast.ben)
    told = upload(asha, name, text.encode())
    assert told["totals"] == {"rows": rows, "taken": rows, "refused": 0}
    assert list(found(ben, growth="both")) == []  # nothing is live before the confirm
    assert confirm(asha, told)["counts"]["new"] == rows
    (listing,) = by_its_facets(ben, {"fancy_colour": ""} | stone)
    assert (listing["company_name"], listing["ask_cents"], listing["is_own"]) == (
        "Asha Gems",
        ask_cents,
        False,
    )
    again = upload(asha, name, text.encode())
    assert again["questions"] == []
    counts = difference(asha, again)["counts"]
    assert counts == {"new": 0, "changed": 0, "removed": 0, "unchanged": rows, "refused": 0, "kept": 0}


def test_an_edit_by_hand_is_found_at_once(cast: Cast, signed_in: SignIn) -> None:
    asha, ben = signed_in(cast.asha), signed_in(cast.ben)
    confirm(asha, upload(asha, "rapnet.csv", RAPNET.encode()))
    (listing,) = found(ben, shape="Round")
    path = f"/api/v1/listings/{listing['public_id']}"
    body = {"ask_cents": 650_000, "version": 1}
    assert asha.patch(path, body, content_type="application/json").json()["is_searchable"]
    assert [each["ask_cents"] for each in found(ben, shape="Round")] == [650_000]
    asha.delete(path, headers={"if-match": '"2"'})
    assert list(found(ben, shape="Round")) == []


def test_what_a_search_does_not_understand_is_told(cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.ben).get("/api/v1/search?shape=Round&shape=Blob&limit=5&colour=G").json()
    assert answer["not_understood"] == [{"parameter": "shape", "text": "Blob"}]
    assert (answer["query"], answer["total"]) == ("shape=Round&colour=G", 0)
