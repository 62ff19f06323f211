"""A mail as it goes over the wire: text and HTML of the same words, with a name that stays."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, parseaddr
from urllib.parse import urljoin, urlsplit

import msgspec
from django.template.loader import render_to_string


class Contents(msgspec.Struct, frozen=True):
    """What a mail says, besides its subject; `link` and `unsubscribe` are paths of this house."""

    text: str
    link: str = ""
    why: str = ""
    unsubscribe: str = ""
    is_notice: bool = False


class Sender(msgspec.Struct, frozen=True):
    """Who writes: the house's address of the web, its name, and the address that the mail comes from."""

    url: str
    name: str
    mail_from: str

    @property
    def host(self) -> str:
        """The house's own name on the net."""
        return urlsplit(self.url).hostname or "localhost"


def message(
    *, name: str, to: str, subject: str, contents: Contents, sender: Sender, at: datetime
) -> EmailMessage:
    """The mail. Its parts refuse line breaks: nobody's words become a head of it."""
    mail = EmailMessage(policy=WIRE)
    mail["From"] = _from(sender)
    mail["To"] = Address(addr_spec=to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{name}@{sender.host}>"
    mail["Auto-Submitted"] = "auto-generated"
    if contents.unsubscribe:
        mail["List-Id"] = f"Digest <digest.{sender.host}>"
        mail["List-Unsubscribe"] = f"<{urljoin(sender.url, contents.unsubscribe)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    shown = _shown(subject, contents, sender)
    mail.set_content(render_to_string("notices/mail.txt", shown).strip() + "\n")
    mail.add_alternative(render_to_string("notices/mail.html", shown), subtype="html")
    return mail


def _from(sender: Sender) -> Address:
    name, address = parseaddr(sender.mail_from)
    return Address(display_name=name or sender.name, addr_spec=address)


def _shown(subject: str, contents: Contents, sender: Sender) -> dict[str, object]:
    return {
        "subject": subject,
        "text": contents.text,
        "paragraphs": [part for part in contents.text.split("\n\n") if part],
        "link": urljoin(sender.url, contents.link) if contents.link else "",
        "why": contents.why,
        "settings": urljoin(sender.url, "/account/notices/") if contents.is_notice else "",
        "unsubscribe": urljoin(sender.url, contents.unsubscribe) if contents.unsubscribe else "",
        "house": sender.name,
        "home": sender.url,
    }
