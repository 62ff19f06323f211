"""The sample market comes whole, is shown to this machine only, and goes whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bourse.run.sockets import embedded_url
from run.house import Installation, installation, wait_for

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("sample") / "house", "--empty") as started:
        loaded = started.command("load-sample", "--stones", "300", "--seed", "7", "--history-months", "3")
        assert loaded.returncode == 0, loaded.stderr
        yield started


def kept(house: Installation) -> list[dict[str, str]]:
    file = house.home / "sample_sign_ins.json"
    assert file.stat().st_mode & 0o777 == 0o600
    found: list[dict[str, str]] = json.loads(file.read_text())
    return found


def test_it_is_loaded_once(house: Installation) -> None:
    again = house.command("load-sample")
    assert again.returncode == 1
    assert again.stderr.strip().endswith("The sample is there already, or is loaded by the first ./bourse.")


def test_it_has_the_size_that_was_asked_for_and_breaks_no_rule(house: Installation) -> None:
    with psycopg.connect(embedded_url(house.home)) as connection:
        live = connection.execute("SELECT count(*) FROM market_listing WHERE is_live").fetchone()
        past = connection.execute("SELECT count(*) > 20 FROM market_pastlisting").fetchone()
    assert (live, past) == ((300,), (True,))
    said = house.command("audit")
    assert (said.returncode, said.stdout.strip()) == (0, "Every rule of the market holds.")


def test_the_audit_names_what_is_broken(house: Installation) -> None:
    newest = "(SELECT max(id) FROM market_listing WHERE ask_cents > 0)"
    broken = f"UPDATE market_listing SET ask_cents = 5 WHERE id = {newest} RETURNING public_id"
    with psycopg.connect(embedded_url(house.home)) as connection:
        row = connection.execute(broken).fetchone()
    assert row
    said = house.command("audit")
    assert said.returncode == 1
    assert said.stdout.startswith("WRONG every_ask_is_remembered: A listing's ask, availability and life are")
    assert said.stdout.strip().endswith(f"Not {row[0]}.")


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--stones", "99", "--stones must be from 100 to 2,000,000, not 99."),
        ("--seed", "-1", "--seed must be from 0 to 9,223,372,036,854,775,807, not -1."),
        ("--history-months", "121", "--history-months must be from 0 to 120, not 121."),
    ],
)
def test_a_market_that_cannot_be_made_is_refused(
    house: Installation, option: str, value: str, sentence: str
) -> None:
    refused = house.command("load-sample", option, value)
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith(sentence)


def test_each_start_prints_the_same_sign_ins(house: Installation) -> None:
    house.stop()
    line = house.start()
    assert "with a sample market; sign in as " in line
    assert all(f"{one['email']} / {one['password']} ({one['role']})" in line for one in kept(house))


def test_it_is_never_bound_beyond_this_machine(house: Installation) -> None:
    house.stop()
    house.env["BOURSE_BIND"] = "0.0.0.0"
    refused = house.command("serve")
    del house.env["BOURSE_BIND"]
    assert refused.returncode == 1
    assert "The sample market is for this machine only, and BOURSE_BIND is 0.0.0.0." in refused.stderr
    assert wait_for(lambda: not house.pids())
    house.start()


def test_the_doctor_says_when_it_would_be_shown_to_others(house: Installation) -> None:
    house.env["BOURSE_URL"] = "https://bourse.example"
    said = house.command("doctor")
    del house.env["BOURSE_URL"]
    assert said.returncode == 1
    assert "WRONG  The sample market would be shown to others. Cure: ./bourse reset-sample" in said.stdout


def test_it_goes_only_when_somebody_is_sure(house: Installation) -> None:
    refused = house.command("reset-sample")
    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("Nothing was removed. Add --yes where nobody can be asked.")
    assert kept(house)


def test_it_goes_whole_under_a_running_house(house: Installation) -> None:
    removed = house.command("reset-sample", "--yes")
    assert removed.returncode == 0, removed.stderr
    assert "make the first operator within 7 days: http" in removed.stdout
    assert not (house.home / "sample_sign_ins.json").exists()
    wait_for(house.answers)
    assert "sample market" not in house.command("doctor").stdout
    house.stop()
    assert "/account/link/" in house.start()


@pytest.mark.long
def test_a_sample_that_was_cut_short_is_loaded_anew(tmp_path: Path) -> None:
    house = Installation(tmp_path / "house")
    house.begin()
    wait_for(lambda: house.pids("steps", "sample"))
    wait_for(lambda: "loading" in _mark(house))
    house.kill()
    line = house.start()
    assert all(one["password"] in line for one in kept(house))
    house.stop()


def _mark(house: Installation) -> str:
    try:
        with psycopg.connect(embedded_url(house.home)) as connection:
            return str(connection.execute("SELECT word FROM kit_mark").fetchone())
    except psycopg.Error:
        return ""
