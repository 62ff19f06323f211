"""A mail server on this machine, which answers as a test says."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

TAKEN = "250 taken"
Answer = Callable[[str], str]


class Mailbox:
    """What came in, and what is answered at RCPT and at the end of DATA."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.at_address: Answer = lambda _: "250 fine"
        self.at_end: Answer = lambda _: TAKEN
        self.cuts_after: str = ""  # "data": the connection ends before the 250
        self.connections = 0
        self.signed_in: list[bytes] = []

    async def handle_EHLO(
        self, server: Any, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count who comes."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The test's answer to an address."""
        answer = self.at_address(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """The test's answer to a mail."""
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        if self.cuts_after == "data":
            self.cuts_after = ""
            server.transport.abort()
        answer = self.at_end(envelope.rcpt_tos[0])
        if answer == TAKEN:
            self.mails.append(mail)
        return answer

    def authenticate(self, _: Any, __: Any, ___: Any, mechanism: str, data: Any) -> AuthResult:
        """Only the test's own password opens."""
        self.signed_in.append(data.login)
        return AuthResult(success=(data.login, data.password) == (b"bourse", b"p@ss word"), handled=False)


@contextmanager
def running(mailbox: Mailbox, certificate: Path | None = None) -> Iterator[str]:
    """The server, and its address without scheme: plain, or with TLS from the first byte."""
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=port,
        ssl_context=context,
        authenticator=mailbox.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield f"127.0.0.1:{port}" if certificate is None else f"localhost:{port}"
    finally:
        controller.stop()
