"""What happens around every page."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bourse.kit import clock
from bourse.members.actions import first_operator_link
from cast import Cast
from web.conftest import Browse

pytestmark = pytest.mark.django_db


def test_each_request_is_one_line_without_its_query(browse: Browse, cast: Cast) -> None:
    with capture_logs() as lines:
        browse(cast.asha).get("/account/company/?text=GIA6258814073", headers={"X-Request-ID": "proxy-00001"})
    (line,) = [line for line in lines if line["event"] == "request"]
    del line["took_ms"]
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "path": "/account/company/",
        "status": 200,
        "person_id": cast.asha.person_id,
    }


def test_a_links_secret_is_in_no_log(browse: Browse, caplog: pytest.LogCaptureFixture) -> None:
    secret = first_operator_link(now=clock.now())
    with capture_logs() as lines:
        browse(None).get(f"/account/link/{secret}/")
        browse(None).post(f"/account/link/{secret}/", {"email": "", "name": "", "password": ""})
        browse(None).get(f"/account/link/{secret[:-1]}/")
    assert secret not in str(lines) and secret[:-1] not in str(lines)
    assert secret[:-1] not in caplog.text
    assert {line["path"] for line in lines if line["event"] == "request"} == {"/account/link/<str:secret>/"}


def test_the_request_id_comes_back(browse: Browse) -> None:
    answer = browse(None).get("/account/display/", headers={"X-Request-ID": "proxy-00001"})
    assert answer["X-Request-ID"] == "proxy-00001"


@pytest.mark.parametrize("given", ["short", "with space 1234", "x" * 65, "line\nbreak-1234"])
def test_a_request_id_that_could_harm_a_log_is_replaced(browse: Browse, given: str) -> None:
    answer = browse(None).get("/account/display/", headers={"X-Request-ID": given})
    assert answer["X-Request-ID"] != given
    assert len(answer["X-Request-ID"]) == 16


def test_the_policy_allows_nothing_inline(browse: Browse) -> None:
    policy = browse(None).get("/account/display/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for part in ("object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy


def test_a_fault_of_ours_has_a_page_with_the_number_of_its_log_line(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("bourse.search.queries.counts", broken)
    client = browse(None)
    client.raise_request_exception = False
    answer = client.get("/", headers={"X-Request-ID": "proxy-00001"})
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()
    assert "under the number proxy-00001" in answer.content.decode()
    assert "broken on purpose" not in answer.content.decode()


def test_more_than_a_request_may_hold_has_a_page(browse: Browse, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = browse(None).post("/account/sign-in/", {"login": "x" * 200})
    assert answer.status_code == 413
    assert "The file is too large" in answer.content.decode()


def test_what_is_not_there_has_a_page(browse: Browse) -> None:
    answer = browse(None).get("/nowhere/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_no_memory_keeps_what_a_member_saw(browse: Browse, cast: Cast) -> None:
    for address in ("/", "/listings/", "/search/?ct=x", "/nothing/", "/account/company/"):
        kept = browse(cast.asha).get(address)["Cache-Control"]
        assert "private" in kept and "no-store" in kept
    assert "no-store" not in browse(None).get("/").get("Cache-Control", "")


def test_pages_are_compressed_for_who_can_read_that(browse: Browse, cast: Cast) -> None:
    plain = browse(cast.asha).get("/listings/upload/")
    packed = browse(cast.asha).get("/listings/upload/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
