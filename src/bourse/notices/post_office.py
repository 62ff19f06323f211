"""The mail server: one connection, opened when the first mail goes, and what its answers mean."""

import smtplib
import ssl
from email.message import EmailMessage
from ipaddress import ip_address
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT_S = 30
LONGEST_ANSWER = 300


class NotTaken(Exception):
    """The server will never take this mail."""


class Later(Exception):
    """The server does not take this mail now."""


class ServerAway(Exception):
    """The server cannot be reached, does not let us in, or went away: no mail goes now."""


class PostOffice:
    """The server at smtp://user:password@host:port or smtps://…; `host` is our own name."""

    def __init__(self, address: str, host: str, timeout_s: float = TIMEOUT_S) -> None:
        self._address, self._own, self._timeout_s = urlsplit(address), host, timeout_s
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, mail: EmailMessage) -> None:
        """The mail in the server's hands once this returns: it said 250."""
        try:
            self._connected().send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            self._start_over()
            raise _meaning(code, said) from error
        except smtplib.SMTPNotSupportedError as error:
            raise NotTaken("The server takes no such address.") from error
        except smtplib.SMTPDataError as error:
            self._start_over()
            raise _meaning(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPResponseException as error:
            self._hang_up()
            raise ServerAway(_said(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            raise ServerAway(f"{type(error).__name__}: {error}"[:LONGEST_ANSWER]) from error

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = self._open(self._address)
        return self._server

    def _open(self, to: SplitResult) -> smtplib.SMTP:
        host = to.hostname or "localhost"
        trust = ssl.create_default_context()
        if to.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, to.port or 465, local_hostname=self._own, timeout=self._timeout_s, context=trust
            )
        else:
            server = smtplib.SMTP(host, to.port or 25, local_hostname=self._own, timeout=self._timeout_s)
            server.ehlo_or_helo_if_needed()
            if server.has_extn("starttls") and not _is_here(host):
                server.starttls(context=trust)
            elif to.username and not _is_here(host):
                server.close()
                raise ServerAway("The server offers no TLS: its password is not sent in the clear.")
        if to.username:
            server.login(unquote(to.username), unquote(to.password or ""))
        return server

    def _start_over(self) -> None:
        """Ready for the next mail after one that was not taken."""
        try:
            if self._server:
                self._server.rset()
        except (smtplib.SMTPException, OSError):
            self._hang_up()

    def _hang_up(self) -> None:
        if self._server:
            self._server.close()
        self._server = None


def _is_here(host: str) -> bool:
    """Whether it is this machine: nobody listens in between."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _meaning(code: int, said: bytes | str) -> Exception:
    return NotTaken(_said(code, said)) if 500 <= code < 600 else Later(_said(code, said))


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:LONGEST_ANSWER]
