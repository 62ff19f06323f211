"""From where a request came: believed of proxies that are ours, and of nobody else."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bourse.doors.web.address import client_address, household, with_origin
from bourse.kit.audit import NOWHERE, origin

PROXIES = [ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


def asked(peer: str, forwarded: str = "") -> HttpRequest:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


def test_without_a_trusted_proxy_nobody_says_who_he_is() -> None:
    assert client_address(asked("203.0.113.7", "198.51.100.1")) == "203.0.113.7"
    assert client_address(asked("127.0.0.1", "198.51.100.1")) == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # what the client wrote himself
        ("127.0.0.1", "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:127.0.0.1", "2001:DB8:0::1", "2001:db8::1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.1<script>", "127.0.0.1"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("", "198.51.100.1", ""),
    ],
)
def test_a_trusted_proxy_says_who_came(settings: Any, peer: str, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert client_address(asked(peer, forwarded)) == address


def test_a_customer_of_ipv6_is_one_to_a_limit() -> None:
    assert household("2001:db8:1:2:3::9") == household("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert household("203.0.113.7") == "203.0.113.7"
    assert household("") == household("nonsense") == ""


def test_an_order_knows_its_request_and_no_later_one_does() -> None:
    seen = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(origin.get())
        return HttpResponse()

    request = asked("203.0.113.7")
    request.META["bourse.request_id"] = "proxy-00001"
    with_origin(answer)(request)
    assert [(one.address, one.request_id, one.key) for one in seen] == [("203.0.113.7", "proxy-00001", "")]
    assert origin.get() == NOWHERE
