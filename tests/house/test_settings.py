"""What the settings say of cookies and passwords, read as a house behind https reads them."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, make_password

SETTINGS = Path(__file__).parents[2] / "src/bourse/settings.py"


def read(monkeypatch: pytest.MonkeyPatch, home: Path, url: str) -> dict[str, Any]:
    monkeypatch.setenv("BOURSE_HOME", str(home))
    monkeypatch.setenv("BOURSE_URL", url)
    return runpy.run_path(str(SETTINGS))


def test_over_https_cookies_are_of_this_host_alone_and_read_by_no_script(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = read(monkeypatch, tmp_path, "https://bourse.example")
    for cookie, name in (("SESSION", "__Host-session"), ("CSRF", "__Host-csrftoken")):
        assert said[f"{cookie}_COOKIE_NAME"] == name
        assert (said[f"{cookie}_COOKIE_SECURE"], said[f"{cookie}_COOKIE_SAMESITE"]) == (True, "Lax")
        assert f"{cookie}_COOKIE_DOMAIN" not in said and f"{cookie}_COOKIE_PATH" not in said
    assert said["CSRF_COOKIE_HTTPONLY"] and said.get("SESSION_COOKIE_HTTPONLY", True)
    plain = read(monkeypatch, tmp_path, "http://localhost:8000")
    assert (plain["SESSION_COOKIE_NAME"], plain["SESSION_COOKIE_SECURE"]) == ("session", False)


def test_a_password_is_kept_by_argon2id_with_a_salt_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = read(monkeypatch, tmp_path, "https://bourse.example")["PASSWORD_HASHERS"]
    first, second = (make_password("four words make sentences") for _ in range(2))
    assert first.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$") and first != second
    assert check_password("four words make sentences", first)
