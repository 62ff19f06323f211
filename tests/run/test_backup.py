"""Backup, destroy, restore: every table and file is the same again, and a damaged archive changes nothing."""

import json
import os
import random
import shutil
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from bourse import settings
from bourse.run import database
from bourse.run.backups import archive, backup, contents
from bourse.run.backups.contents import DUMP, FILES, KeptFile, Manifest
from bourse.run.backups.settling import settle
from bourse.run.postgres import Server
from run.dealer import MEMBERS, STONES, Dealer
from run.house import Installation, installation, wait_for

RESTORES_KILLED = 20


def hashes(home: Path) -> tuple[dict[str, contents.Table], dict[str, KeptFile]]:
    """Every table and every file of a house that is down."""
    server = Server(home)
    server.start()
    try:
        with database.connect(server.url()) as connection:
            found = contents.tables(connection)
    finally:
        server.stop()
    return found, {
        str(file.relative_to(home)): contents.fingerprint(file) for file in contents.kept_files(home)
    }


@pytest.mark.alone
def test_a_destroyed_house_comes_back_the_same(tmp_path: Path) -> None:
    home, file = tmp_path / "house", tmp_path / "market.backup"
    with installation(home, "--empty") as house:
        made = house.command("manage", "shell", "-v0", "-c", MEMBERS)
        assert made.returncode == 0, made.stderr
        dealer = Dealer(house)
        dealer.sign_in()
        dealer.bring(1)
        (home / "media/stones").mkdir(parents=True)
        (home / "media/stones/one.svg").write_text("<svg/>")
        live = threading.Thread(target=lambda: [dealer.bring(number) for number in (2, 3)])
        live.start()
        said = house.command("backup", str(file))
        live.join()
        assert said.returncode == 0, said.stderr
        assert "verified: restored on trial, every table and file the same" in said.stdout
        refused = house.command("restore", str(file), "--yes")
        assert f"Bourse runs on {home} (process {house.process.pid}). Stop it first." in refused.stderr
        stood = dealer.stands()
    come_back(house, file, lambda: dealer.stands() == stood and dealer.found() == STONES)


@pytest.mark.alone
@pytest.mark.long
def test_the_whole_sample_comes_back_the_same(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    home, file = tmp_path / "house", tmp_path / "market.backup"
    with installation(home) as house:
        said = house.command("backup", str(file))
        assert said.returncode == 0, said.stderr
    record_property("archive_mib", round(file.stat().st_size / 1024**2, 1))
    come_back(house, file, house.answers)
    record_property("rows", sum(table.rows for table in archive.checked(file).tables.values()))


@pytest.mark.alone
@pytest.mark.long
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(os.environ.get("BOURSE_SEED", "1"))
    home, archives, states = tmp_path / "house", [tmp_path / "0.backup", tmp_path / "1.backup"], []
    with installation(home, "--empty") as house:
        made = house.command("manage", "shell", "-v0", "-c", MEMBERS)
        assert made.returncode == 0, made.stderr
        dealer = Dealer(house)
        dealer.sign_in()
    for number, file in enumerate(archives):
        house.start()
        dealer.root = f"http://localhost:{house.port}"
        dealer.bring(number + 1)
        house.stop()
        (home / "media").mkdir(exist_ok=True)
        (home / "media/number").write_text(str(number))
        assert house.command("backup", str(file), "--no-verify").returncode == 0
        states.append(hashes(home))
    begun = time.monotonic()
    assert house.command("restore", str(archives[0]), "--yes").returncode == 0
    usual_s, stands, changed = time.monotonic() - begun, 0, 0
    for turn in range(RESTORES_KILLED):
        restoring = house.begin_command("restore", str(archives[1 - stands]), "--yes")
        time.sleep(usual_s * (0.3 + 0.8 * chance.random()))
        restoring.kill()
        restoring.wait()
        wait_for(lambda: not house.pids())
        assert "Every migration" in house.command("doctor").stdout, turn
        now = hashes(home)
        assert now in states
        changed += states.index(now) != stands
        stands = states.index(now)
    record_property("kills", RESTORES_KILLED)
    record_property("changed_over", changed)


def come_back(house: Installation, file: Path, is_right: Callable[[], bool]) -> None:
    """Destroy the data folder, restore it, and compare all of it with the archive and with what was there."""
    last = house.command("backup", str(file), "--replace", "--no-verify")
    assert last.returncode == 0, last.stderr
    before = hashes(house.home)
    shutil.rmtree(house.home)
    house.home.mkdir(mode=0o700)
    said = house.command("restore", str(file))
    assert said.returncode == 0, said.stderr
    manifest = archive.checked(file)
    assert hashes(house.home) == before == (manifest.tables, manifest.files)
    again = house.command("restore", str(file))
    assert (again.returncode, "Add --yes where nobody can be asked" in again.stderr) == (1, True)
    house.start()
    try:
        wait_for(house.answers)
        wait_for(is_right)
    finally:
        house.stop()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Path]:
    """An archive of two files and a dump that nobody has to read."""
    file = tmp_path / "small.backup"
    writer = archive.Writer(file)
    _, dumped = writer.add(DUMP, iter([b"PGDMP" * 3000]))
    size, sha256 = writer.add(f"{FILES}media/a.svg", iter([b"<svg/>"]))
    kept = {"media/a.svg": KeptFile(size, sha256, 0o600)}
    writer.finish(
        Manifest(1, "2026-11-24", "0.1.0", 180006, 1, dumped, [("kit", "0001_initial")], {}, kept, [])
    )
    writer.rename()
    yield file


def test_an_archive_reads_back_and_is_a_plain_tar(made: Path) -> None:
    assert archive.checked(made).files["media/a.svg"].bytes == 6
    with tarfile.open(made) as tar:
        assert tar.getnames() == ["database.dump", "files/media/a.svg", "manifest.json"]
    assert made.stat().st_mode & 0o777 == 0o600


def test_an_archive_cut_short_anywhere_is_refused_by_name(made: Path) -> None:
    whole = made.read_bytes()
    for cut in range(0, len(whole) - 1024, 997):
        made.write_bytes(whole[:cut])
        with pytest.raises(archive.Damaged, match=r"small\.backup"):
            archive.checked(made)


@pytest.mark.parametrize(("part", "place"), [("database.dump", 700), ("files/media/a.svg", 512 * 31 + 514)])
def test_a_changed_byte_is_refused_by_its_parts_name(made: Path, part: str, place: int) -> None:
    content = bytearray(made.read_bytes())
    where = content.index(b"<svg/>") if "svg" in part else place
    content[where] ^= 1
    made.write_bytes(content)
    with pytest.raises(archive.Damaged, match=f"{part} is damaged"):
        archive.checked(made)


def test_an_archive_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "evil.backup"
    with tarfile.open(file, "w") as tar:
        tar.add(__file__, "files/../../etc/passwd")
    with pytest.raises(archive.Damaged, match="not a backup of Bourse"):
        archive.checked(file)


@pytest.mark.parametrize("content", [b"", b"hello", os.urandom(5000)])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(content)
    with pytest.raises(archive.Damaged, match=r"list\.xlsx"):
        archive.checked(file)


def test_a_backup_lies_outside_the_data_folder_and_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path / "house")
    (tmp_path / "there").touch()
    for place, why in (
        ("house/media/one.backup", "is in the data folder, and would be lost with it"),
        ("nowhere/one.backup", "There is no folder"),
        ("there", "is there already. Choose another name, or add --replace."),
    ):
        with pytest.raises(backup.CannotBackUp, match=why):
            backup._refuse_place(tmp_path / place, may_replace=False)
    backup._refuse_place(tmp_path / "there", may_replace=True)


def test_a_full_disk_is_seen_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(backup.CannotBackUp, match=r"1073741824\.0 GiB may be needed\. Make room\."):
        backup.refuse_without_space(tmp_path, 2**60)


def test_a_newer_database_is_refused_by_a_sentence() -> None:
    database.refuse_newer({("kit", "0001_initial"), ("auth", "0099_of_a_package")})
    with pytest.raises(database.DatabaseRefused, match=r"newer than the code: it has kit\.9999_later\."):
        database.refuse_newer({("kit", "0001_initial"), ("kit", "9999_later")})


@pytest.mark.parametrize("is_changed_over", [True, False])
def test_files_take_their_place_only_with_their_database(tmp_path: Path, *, is_changed_over: bool) -> None:
    (tmp_path / "restored/files/media").mkdir(parents=True)
    (tmp_path / "restored/files/media/new").touch()
    (tmp_path / "restored/mark").write_text("restored 1")
    (tmp_path / "media").mkdir()
    (tmp_path / "media/old").touch()
    settle(tmp_path, "restored 1" if is_changed_over else "restored 0")
    assert [file.name for file in (tmp_path / "media").iterdir()] == ["new" if is_changed_over else "old"]
    assert not (tmp_path / "restored").exists()


def test_what_a_start_makes_anew_and_logs_are_not_kept(tmp_path: Path) -> None:
    for name in ("pg18", "pg18.new", "run", "catalogue", "media"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    for name in ("pg.log", "pg.log.1", "lock", "backup.lock", "follower.beat", "secret_key", "status.json"):
        (tmp_path / name).touch()
    assert [str(file.relative_to(tmp_path)) for file in contents.kept_files(tmp_path)] == [
        "media/file",
        "secret_key",
    ]


def test_a_manifest_is_readable_json(made: Path) -> None:
    with tarfile.open(made) as tar:
        member = tar.extractfile("manifest.json")
        assert member
        said = json.loads(member.read())
    assert msgspec.convert(said, Manifest).version == "0.1.0"
