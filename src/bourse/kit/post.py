"""The one way to send something to an address that others name: it leads nowhere that fetching may not.

The head of the answer is all that is read: what a server says beyond its status concerns nobody. No redirect
is followed: whoever gave the address meant that one.
"""

import http.client
import ssl
from collections.abc import Mapping

import msgspec

from bourse.kit.fetch import (
    AnswerNotUnderstood,
    CertificateNotTrusted,
    Deadline,
    Resolver,
    ServerNotReached,
    TookTooLong,
    connected,
)
from bourse.kit.web_address import read_address

LONGEST_WAIT_S = 24 * 3600


class Answered(msgspec.Struct, frozen=True):
    """What the server said: its status, and after how many seconds it wants to be asked again, if it does."""

    status: int
    retry_after_s: int | None = None


def post(
    address: str, *, content: bytes, headers: Mapping[str, str], resolver: Resolver, seconds: float
) -> Answered:
    """The content sent to an https address, all within so many seconds; a refusal where nobody answered."""
    wanted = read_address(address)
    try:
        with connected(wanted.host, resolver, Deadline(seconds)) as wire:
            request = http.client.HTTPConnection(wanted.host)
            request.sock = wire  # of a socket it uses what a wire has
            given = {"User-Agent": "Bourse", "Connection": "close", **headers}
            request.request("POST", wanted.target, body=content, headers=given)
            answer = request.getresponse()
            return Answered(answer.status, _seconds(answer.getheader("Retry-After", "")))
    except TimeoutError as error:
        raise TookTooLong(f"{wanted.host} did not answer within {seconds:g} seconds.") from error
    except ssl.SSLCertVerificationError as error:
        raise CertificateNotTrusted(
            f"The certificate of {wanted.host} is not valid for this name. Renew it."
        ) from error
    except http.client.IncompleteRead as error:
        raise ServerNotReached(f"{wanted.host} broke the connection off.") from error
    except OSError as error:
        raise ServerNotReached(f"{wanted.host} does not answer by https.") from error
    except http.client.HTTPException as error:
        raise AnswerNotUnderstood(f"{wanted.host} did not answer as a web server does.") from error


def _seconds(text: str) -> int | None:
    return min(int(text), LONGEST_WAIT_S) if text.isascii() and text.isdecimal() and len(text) < 9 else None
