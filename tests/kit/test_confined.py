"""A confined child gives its result or a refusal, keeps its bounds, and sees nothing of ours."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bourse.kit import confined
from bourse.kit.confined import Confinement
from kit import work
from kit.work import MIB


def test_the_result_comes_back_as_its_declared_type() -> None:
    assert confined.run(work.add, [1, 2], b"abc") == work.Sum(6, ["and", "and"])
    assert confined.run(work.add, [], b"", "or") == work.Sum(0, ["or", "or"])


def test_many_bytes_go_in_and_out() -> None:
    assert confined.run(work.add, [1], bytes(20 * MIB)).total == 20 * MIB + 1
    assert len(confined.run(work.answer_with, 20 * MIB)) == 20 * MIB


def test_a_refusal_comes_back_as_itself() -> None:
    with pytest.raises(work.TooOdd) as caught:
        confined.run(work.refuse, 3)
    assert str(caught.value) == "3 is too odd; expected an even one. Add one."
    assert (caught.value.code, caught.value.status) == ("too_odd", 422)


def test_what_nobody_foresaw_comes_with_its_traceback() -> None:
    with pytest.raises(confined.WorkFailed) as caught:
        confined.run(work.fail)
    assert "IndexError: list index out of range" in str(caught.value.__cause__)
    assert "IndexError" not in str(caught.value)


def test_too_much_memory_is_refused_by_name_and_enough_is_not() -> None:
    limits = Confinement(memory_bytes=100 * MIB)
    assert confined.run(work.eat, 40, limits=limits) == 40
    with pytest.raises(confined.NeedsTooMuchMemory) as caught:
        confined.run(work.eat, 120, limits=limits)
    assert str(caught.value) == (
        "The file needs more than 100 MB of memory to read; expected less. Split the list into several files."
    )


def test_too_much_computing_is_refused_by_name() -> None:
    with pytest.raises(confined.NeedsTooMuchTime) as caught:
        confined.run(work.spin, limits=Confinement(cpu_seconds=1))
    assert "more than 1 seconds" in str(caught.value)


def test_too_long_a_wait_is_refused_by_name_and_the_child_is_gone() -> None:
    started = time.monotonic()
    with pytest.raises(confined.NeedsTooMuchTime):
        confined.run(work.sleep, 60, limits=Confinement(wall_seconds=0.5))
    assert time.monotonic() - started < 30


def test_too_large_an_answer_is_refused_by_name() -> None:
    limits = Confinement(output_bytes=MIB)
    assert len(confined.run(work.answer_with, MIB - 10, limits=limits)) == MIB - 10
    with pytest.raises(confined.AnswersTooMuch):
        confined.run(work.answer_with, MIB, limits=limits)


@pytest.mark.parametrize(
    ("function", "arguments", "reason"), [(work.crash, [], "SIGSEGV"), (work.leave, [3], "exit status 3")]
)
def test_a_breakdown_below_python_is_refused_by_name(
    function: object, arguments: list[int], reason: str
) -> None:
    assert callable(function)
    with pytest.raises(confined.WorkStopped) as caught:
        confined.run(function, *arguments)
    assert f"({reason})" in str(caught.value)


def test_what_is_printed_is_no_answer() -> None:
    assert confined.run(work.chatter) == "answer"


def test_the_child_sees_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOURSE_SECRET_KEY", "secret")
    with Path(os.devnull).open() as ours:
        os.set_inheritable(ours.fileno(), True)
        seen = confined.run(work.look_around)
    assert seen.environment == [
        "LC_ALL",
        "MALLOC_ARENA_MAX",
        "MALLOC_MMAP_THRESHOLD_",
        "OPENBLAS_NUM_THREADS",
        "PYTHONPATH",
    ]
    assert seen.files <= 6  # its three streams, the way back, and what lists them
    assert seen.folder == "/"
    assert seen.limits == {"RLIMIT_CPU": 60, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 32}


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    assert confined.run(work.write, str(tmp_path / "loot")) == ""


def test_the_child_dies_with_its_parent() -> None:
    script = (
        "import sys; from bourse.kit import confined; from kit import work; "
        "confined.run(work.tell_and_wait, int(sys.argv[1]))"
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        parent = subprocess.Popen([sys.executable, "-c", script, port], env=environment)
        listener.settimeout(30)
        child = int(listener.accept()[0].recv(20))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for _ in range(500):
        if not Path(f"/proc/{child}").exists() or _is_dead(child):
            return
        time.sleep(0.01)
    pytest.fail(f"process {child} lives on")


def _is_dead(process: int) -> bool:
    """Whether only its entry is left, which a busy init has not taken away yet."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return True
