"""`git pull && ./bourse`: a market that an earlier release wrote goes on under today's code."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from bourse.run import database
from bourse.run.backups import contents
from bourse.run.postgres import Server, wheel_binaries
from run.dealer import Dealer
from run.house import Installation, wait_for

RELEASE = Path(__file__).parent / "releases/2026-11-24-d33a070.sql.gz"
PASSWORD = "kept for the upgrade"
GROWN = ("django_content_type", "auth_permission", "django_migrations", "django_session", "kit_fact")
HISTORY = """
    SELECT change.ask_cents
    FROM market_askchange change JOIN market_listing listing ON listing.id = listing_id
    WHERE supplier_stock_number = 'UP-1' ORDER BY change.id
"""
SEARCHED = """
    SELECT count(*) FROM market_listing
    WHERE is_live AND growth = 'Natural' AND availability <> 'Not available' AND goods <> 'parcel'
"""


@pytest.mark.alone
def test_the_first_release_s_market_goes_on(tmp_path: Path) -> None:
    house = Installation(tmp_path / "house")
    before = laid(house.home, RELEASE)
    house.start()
    try:
        with psycopg.connect(address(house)) as connection:
            after = contents.tables(connection)
            history = [row[0] for row in connection.execute(HISTORY)]
            searched = connection.execute(SEARCHED).fetchone()
        kept = {name: table.rows for name, table in before.items() if not name.endswith(GROWN)}
        assert {name: after[name].rows for name in kept} == kept
        assert history == [707_000, 700_000, None, 680_000]
        wait_for(house.answers)
        dealer = Member(house)
        dealer.sign_in()
        assert searched and wait_for(lambda: dealer.found() == searched[0])
        go_on(dealer)
    finally:
        house.stop()


def go_on(dealer: "Member") -> None:
    """What was open under the old code is finished under the new."""
    uploads = {one["file_name"]: one for one in dealer.ask("GET", "uploads")["uploads"]}
    assert (uploads["open.csv"]["state"], uploads["ready.csv"]["state"]) == ("asking", "ready")
    ready = f"uploads/{uploads['ready.csv']['public_id']}"
    meant = {"fingerprint": dealer.ask("GET", f"{ready}/difference")["fingerprint"]}
    dealer.ask("POST", f"{ready}/confirm", meant)
    assert dealer.ask("GET", ready)["state"] == "confirmed"
    stock = {one["supplier_stock_number"]: one for one in dealer.ask("GET", "listings?limit=250")["listings"]}
    assert (stock["UP-1"]["ask_cents"], stock["UP-9"]["ask_cents"]) == (650_000, 160_000)
    assert "UP-3" not in stock
    asking = f"uploads/{uploads['open.csv']['public_id']}"
    question = dealer.ask("GET", asking)["questions"][0]
    dealer.ask("POST", f"{asking}/answers", {"answers": {question["key"]: "last"}})
    wait_for(lambda: dealer.ask("GET", asking)["state"] == "ready")


class Member(Dealer):
    """Asha of the sample, by the password that the old market has."""

    def sign_in(self) -> None:
        self._send("GET", "/account/sign-in/")
        form = {"csrfmiddlewaretoken": self._token(), "login": "asha@sample.example", "password": PASSWORD}
        self._send("POST", "/account/sign-in/", urlencode(form).encode(), "application/x-www-form-urlencoded")

    def ask(self, method: str, path: str, said: object = None) -> dict[str, object]:
        body = json.dumps(said).encode() if said is not None else None
        return self._ask(method, path, body, "application/json" if body else "")


def laid(home: Path, release: Path) -> dict[str, contents.Table]:
    """A data folder with the release's market; its tables as they were written."""
    server = Server(home)
    server.start()
    try:
        psql = [str(wheel_binaries() / "psql"), "-qX", "-v", "ON_ERROR_STOP=1", server.url()]
        script = gzip.decompress(release.read_bytes())
        subprocess.run(psql, input=script, stdout=subprocess.DEVNULL, check=True)
        with database.connect(server.url()) as connection:
            return contents.tables(connection)
    finally:
        server.stop()


def address(house: Installation) -> str:
    """The database of a house that is up."""
    asked = "from bourse.run.database import current_url; print(current_url())"
    said = subprocess.run(
        [sys.executable, "-P", "-c", asked], env=house.env, capture_output=True, text=True, check=True
    )
    return said.stdout.strip()


@pytest.mark.alone
def test_a_database_of_newer_code_is_not_touched(tmp_path: Path) -> None:
    house = Installation(tmp_path / "house")
    laid(house.home, RELEASE)
    server = Server(house.home)
    server.start()
    with database.connect(server.url()) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('market', '9999_x', now())"
        )
    server.stop()
    refused = house.command("serve")
    assert refused.returncode == 1
    assert "This database is newer than the code: it has market.9999_x." in refused.stderr
    assert "Traceback" not in refused.stderr
