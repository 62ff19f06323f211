"""A watched folder: a file that stands still is taken once; nothing outside the folder is seen."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bourse.market import feed_folder
from bourse.market.feed_folder import FolderFileNotTaken, FolderNotUsable, next_file, put_away

HOUSE = "asha23456789abcdef"
MADE_AT = 1_700_000_000


@pytest.fixture
def now() -> datetime:
    """A minute after whatever the test writes."""
    return datetime.fromtimestamp(Path("/proc/self").stat().st_ctime, UTC) + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The company's folder."""
    made = tmp_path / HOUSE
    made.mkdir()
    return made


def put(path: Path, content: bytes = b"stock", at: int = MADE_AT) -> Path:
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


def test_the_folder_of_a_company_is_made_when_it_is_missing(tmp_path: Path, now: datetime) -> None:
    assert next_file(tmp_path, HOUSE, now) is None
    assert (tmp_path / HOUSE).is_dir()


def test_the_oldest_file_is_taken_first_and_put_away_whole(
    folder: Path, tmp_path: Path, now: datetime
) -> None:
    put(folder / "b.csv", b"old", MADE_AT - 60)
    put(folder / "a.csv", b"new")
    file = next_file(tmp_path, HOUSE, now)
    assert file is not None
    assert (file.name, file.content, file.more) == ("b.csv", b"old", True)
    put_away(tmp_path, HOUSE, file, now)
    moved = [path.name for path in (folder / "taken").iterdir()]
    assert moved == [f"{now:%Y%m%dT%H%M%SZ}-b.csv"]
    second = next_file(tmp_path, HOUSE, now)
    assert second is not None
    assert (second.name, second.content, second.more) == ("a.csv", b"new", False)
    put_away(tmp_path, HOUSE, second, now)
    assert next_file(tmp_path, HOUSE, now) is None
    assert sorted(path.read_bytes() for path in (folder / "taken").iterdir()) == [b"new", b"old"]


def test_two_files_of_one_name_both_stay(folder: Path, tmp_path: Path, now: datetime) -> None:
    for content in (b"one", b"two", b"three"):
        put(folder / "stock.csv", content)
        file = next_file(tmp_path, HOUSE, now)
        assert file is not None
        put_away(tmp_path, HOUSE, file, now)
    assert sorted(path.read_bytes() for path in (folder / "taken").iterdir()) == [b"one", b"three", b"two"]


def test_a_file_is_left_until_it_has_stood_still(folder: Path, tmp_path: Path) -> None:
    path = put(folder / "stock.csv")  # its time says long ago; the moment it was put there does not lie
    written = datetime.fromtimestamp(path.stat().st_ctime, UTC)
    assert next_file(tmp_path, HOUSE, written + timedelta(seconds=29)) is None
    assert next_file(tmp_path, HOUSE, written + timedelta(seconds=31)) is not None
    assert path.read_bytes() == b"stock"


def test_a_file_written_anew_while_it_was_read_stays(folder: Path, tmp_path: Path, now: datetime) -> None:
    path = put(folder / "stock.csv", b"old")
    file = next_file(tmp_path, HOUSE, now)
    assert file is not None
    put(path, b"newer")
    put_away(tmp_path, HOUSE, file, now)
    assert path.read_bytes() == b"newer"
    assert list((folder / "taken").iterdir()) == []


def test_a_file_that_somebody_took_away_is_no_error(folder: Path, tmp_path: Path, now: datetime) -> None:
    path = put(folder / "stock.csv")
    file = next_file(tmp_path, HOUSE, now)
    assert file is not None
    path.unlink()
    put_away(tmp_path, HOUSE, file, now)


@pytest.mark.parametrize("name", [".stock.csv.x7d", "stock.csv.part", "stock.csv.filepart", "Stock.TMP"])
def test_a_file_on_its_way_is_left(name: str, folder: Path, tmp_path: Path, now: datetime) -> None:
    put(folder / name)
    assert next_file(tmp_path, HOUSE, now) is None


@pytest.mark.parametrize(
    "kind", ["symlink", "hard link", "folder", "pipe", "link to nothing", "link to folder"]
)
def test_what_is_no_plain_file_is_never_read(kind: str, folder: Path, tmp_path: Path, now: datetime) -> None:
    secret = put(tmp_path / "secret.csv", b"another company's")
    path = folder / "stock.csv"
    match kind:
        case "symlink":
            path.symlink_to(secret)
        case "hard link":
            path.hardlink_to(secret)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link to nothing":
            path.symlink_to(tmp_path / "nothing")
        case _:
            path.symlink_to(tmp_path)
    with pytest.raises(FolderFileNotTaken) as caught:
        next_file(tmp_path, HOUSE, now)
    assert str(caught.value) == (
        "stock.csv in the folder is no plain file of its own. Put a copy of the file there."
    )
    put(folder / "good.csv", b"good")
    good = next_file(tmp_path, HOUSE, now)
    assert good is not None and good.content == b"good"
    assert secret.read_bytes() == b"another company's"
    assert os.path.lexists(path)


@pytest.mark.parametrize("name", [HOUSE, "taken"])
def test_a_folder_that_is_a_link_is_not_entered(name: str, tmp_path: Path, now: datetime) -> None:
    other = tmp_path / "other"
    other.mkdir()
    put(other / "stock.csv", b"another company's")
    if name == HOUSE:
        (tmp_path / HOUSE).symlink_to(other)
    else:
        (tmp_path / HOUSE).mkdir()
        put(tmp_path / HOUSE / "mine.csv")
        (tmp_path / HOUSE / "taken").symlink_to(other)
    with pytest.raises(FolderNotUsable) as caught:
        file = next_file(tmp_path, HOUSE, now)
        assert file is not None
        put_away(tmp_path, HOUSE, file, now)
    assert str(caught.value) == (
        f"The folder {HOUSE} cannot be used (Not a directory). The operator has to look at it."
    )
    assert [path.name for path in other.iterdir()] == ["stock.csv"]


def test_a_missing_root_is_told(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(FolderNotUsable) as caught:
        next_file(tmp_path / "gone", HOUSE, now)
    assert "(No such file or directory)" in str(caught.value)
    assert not (tmp_path / "gone").exists()


def test_a_file_over_the_limit_is_never_read(
    folder: Path, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_folder, "MOST_BYTES", feed_folder.MIB)
    path = put(folder / "a\nb.csv", bytes(feed_folder.MIB + 1))
    with pytest.raises(FolderFileNotTaken) as caught:
        next_file(tmp_path, HOUSE, now)
    assert str(caught.value) == (
        "a?b.csv in the folder is larger than 1 MB, which is the most that is taken. "
        "Split the list into several files."
    )
    assert path.exists()
    put(path, bytes(feed_folder.MIB))
    file = next_file(tmp_path, HOUSE, now)
    assert file is not None and len(file.content) == feed_folder.MIB
