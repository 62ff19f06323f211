"""A web of one machine for the tests of fetching."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kit.web import HOST, LOOPBACK, Answer, Authority, Loopback, Web

Serve = Callable[..., tuple[Web, Loopback]]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the certificates of this run."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed, which makes the certificates of these tests")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def certificate(authority: Authority) -> Path:
    """Key and certificate of feeds.example."""
    return authority.certificate(HOST)


@pytest.fixture
def serve(authority: Authority, certificate: Path) -> Iterator[Serve]:
    """Starts a server whose paths answer so, and gives it with the resolver that alone leads to it."""
    with ExitStack() as running:

        def start(answers: dict[str, Answer], **names: list[str]) -> tuple[Web, Loopback]:
            web = running.enter_context(Web(certificate, answers))
            return web, Loopback(web.server_port, authority.file, **({HOST: [LOOPBACK]} | names))

        yield start
