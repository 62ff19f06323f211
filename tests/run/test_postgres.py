"""The embedded PostgreSQL: whole or not there, and never stopped by what a dead one left."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bourse.run import lodging, sockets
from bourse.run.postgres import PostgresRefused, Server
from run.house import wait_for


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "home")
    made.start()
    yield made
    made.stop()


def ask(server: Server, question: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        row = connection.execute(question).fetchone()
    assert row
    return row[0]


def test_text_sorts_by_code_points_and_cases_follow_unicode(server: Server) -> None:
    assert ask(server, "SELECT string_agg(w, '' ORDER BY w) FROM unnest('{b,A,a,B}'::text[]) w") == "ABab"
    assert ask(server, "SELECT upper('é')") == "É"


def test_no_tcp_port_is_opened(server: Server) -> None:
    assert ask(server, "SHOW listen_addresses") == ""
    assert server.sockets.stat().st_mode & 0o777 == 0o700


def test_a_half_made_cluster_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "pg18.new").mkdir()
    (tmp_path / "pg18.new/PG_VERSION").write_text("18\n")
    server = Server(tmp_path)
    server.start()
    try:
        assert ask(server, "SELECT current_database()") == "bourse"
    finally:
        server.stop()


def test_a_lock_file_with_another_process_number_does_not_stop_a_start(server: Server) -> None:
    ask(server, "SELECT pg_switch_wal()")
    assert server.process
    server.process.kill()
    server.process.wait()
    lock = server.data / "postmaster.pid"
    wait_for(lambda: not lodgers(server))
    lock.write_text("\n".join([str(os.getpid()), *lock.read_text().splitlines()[1:]]) + "\n")
    server.start()
    assert ask(server, "SELECT 1") == 1


def lodgers(server: Server) -> list[str]:
    """The processes whose folder is the cluster's: backends outlive a killed postmaster by a moment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            place = str((folder / "cwd").readlink())
        except OSError:
            continue
        if place == str(server.data):
            found.append(folder.name)
    return found


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from bourse.run.postgres import Server\n"
        "server = Server(Path(sys.argv[1])); server.start(); print(server.process.pid, flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout
    postmaster = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    wait_for(lambda: not Path(f"/proc/{postmaster}").exists(), 10)


def test_a_long_path_gets_a_short_socket_folder(tmp_path: Path) -> None:
    far = tmp_path / ("far" * 40)
    assert sockets.socket_folder(tmp_path) == tmp_path / "run"
    short = sockets.socket_folder(far)
    assert short.parent == Path("/tmp")
    assert len(str(short / ".s.PGSQL.5432.lock")) < 108
    assert short != sockets.socket_folder(far / "away")


def test_a_socket_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o755)
    with pytest.raises(PostgresRefused, match="not a folder of ours with mode 0700"):
        Server(tmp_path).start()


def test_a_link_in_the_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PostgresRefused, match="not a folder of ours"):
        Server(tmp_path).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs somebody else to run PostgreSQL")
def test_where_namespaces_are_closed_it_runs_as_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roof = Path(f"/var/lib/bourse-test-{os.getpid()}")
    monkeypatch.setattr(lodging, "STRANGERS_ROOF", roof)
    monkeypatch.setattr(lodging, "namespaces_are_open", lambda: False)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed)
    try:
        server.start()
        assert ask(server, "SELECT 1") == 1
        assert server.process
        assert Path(f"/proc/{server.process.pid}").stat().st_uid == 65534
        assert sockets.embedded_url(closed) == server.url()
    finally:
        server.stop()
        subprocess.run(["rm", "-r", str(roof)], check=True)
