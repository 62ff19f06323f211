"""A whole installation: it starts, answers, restarts what dies, and leaves nothing behind."""

import os
import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bourse.run.postgres import Server
from bourse.run.worker import NICE
from run.house import Installation, free_port, installation, wait_for

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("installation") / "house"
    with installation(home, "--empty", BOURSE_METRICS_BIND=f"127.0.0.1:{free_port()}") as started:
        yield started


def test_the_line_names_localhost_and_the_link_for_the_first_operator(house: Installation) -> None:
    where = f"http://localhost:{house.port}"
    assert re.fullmatch(rf"Bourse serves {where}; .*{where}/account/link/[\w-]{{43}}/\n", house.line)


def test_the_first_page_is_there(house: Installation) -> None:
    assert house.get("/")[0] == 200


def test_health_says_no_more_than_yes(house: Installation) -> None:
    assert house.get("/livez") == (200, b"live\n")
    wait_for(house.answers)
    assert house.get("/readyz") == (200, b"ready\n")


def test_a_second_one_on_the_same_data_says_so_and_stops(house: Installation) -> None:
    second = house.command("serve")
    assert second.returncode == 1
    assert f"Bourse runs already on {house.home} (process {house.process.pid})" in second.stderr


def test_a_taken_port_is_named(house: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")
    other.env["BOURSE_PORT"] = str(house.port)
    refused = other.command("serve", "--empty")
    assert refused.returncode == 1
    assert refused.stderr.strip() == f"Port {house.port} is taken. Set BOURSE_PORT to a free one."


def test_the_doctor_finds_nothing_wrong(house: Installation) -> None:
    wait_for(house.answers)
    said = house.command("doctor")
    assert said.returncode == 0, said.stdout
    assert "WRONG" not in said.stdout


def test_the_database_works_for_requests_before_jobs(house: Installation) -> None:
    (postmaster,) = house.postmaster()
    assert wait_for(lambda: {0, NICE} <= niceness_of_children(postmaster))


def niceness_of_children(parent: int) -> set[int]:
    """How far each process of the parent's stands behind others."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return {os.getpriority(os.PRIO_PROCESS, int(child)) for child in children}


def test_management_commands_use_the_running_database(house: Installation) -> None:
    assert "System check identified no issues" in house.command("manage", "check").stdout


def test_figures_of_all_web_workers_are_on_an_address_of_their_own(house: Installation) -> None:
    before = asked_for_front(house)
    for _ in range(20):
        assert house.get("/")[0] == 200
    assert asked_for_front(house) == before + 20
    assert house.get("/metrics")[0] == 404


def asked_for_front(house: Installation) -> float:
    """How often the front page was answered, by the figures."""
    with urllib.request.urlopen(f"http://{house.env['BOURSE_METRICS_BIND']}/metrics") as answer:
        said = answer.read().decode()
    assert "bourse_database_up 1.0" in said
    counted = re.search(r'bourse_http_requests_total\{route="/",status="200"\} ([\d.]+)', said)
    return float(counted[1]) if counted else 0.0


def test_clients_that_send_a_byte_a_minute_hold_nobody_up(house: Installation) -> None:
    slow = [socket.create_connection(("127.0.0.1", house.port)) for _ in range(60)]
    try:
        for one in slow:
            one.sendall(b"POST /account/sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\na")
        begun = time.monotonic()
        assert house.get("/")[0] == 200
        assert time.monotonic() - begun < 5
    finally:
        for one in slow:
            one.close()


def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    house = Installation(tmp_path / "house")
    house.start("--empty")
    house.kill()
    wait_for(lambda: not house.pids(), 15)


def test_a_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    house = Installation(tmp_path / "house")
    house.start("--empty")
    assert house.stop() == 0
    assert house.pids() == []


def test_another_database_is_served_by_the_same_path_and_gets_no_sample(tmp_path: Path) -> None:
    server = Server(tmp_path / "postgres")
    server.start()
    try:
        with installation(tmp_path / "house", BOURSE_DATABASE_URL=server.url()) as house:
            assert "make the first operator" in house.line
            wait_for(house.answers)
            assert not list(house.home.glob("pg18*"))
            assert "cannot" not in house.command("doctor").stdout
            assert "BOURSE_DATABASE_URL is set" in house.command("load-sample").stderr
    finally:
        server.stop()


def test_a_database_that_is_not_there_stops_the_start_in_one_line(tmp_path: Path) -> None:
    house = Installation(tmp_path / "house", BOURSE_DATABASE_URL=f"postgresql://x@/x?host={tmp_path}")
    refused = house.command("serve")
    assert refused.returncode == 1
    assert refused.stderr.startswith("The database does not answer: ")
