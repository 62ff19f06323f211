"""Addresses of pictures, films and reports: only those of the web are kept and handed on. Pure."""

import re

ADDRESSES = ("image_url", "video_url", "certificate_url")
LONGEST_ADDRESS = 2_000
EXPECTED = "an address that begins with https:// or http://"
CURE = "Send the whole address. The stone is listed without it."

_WEB = re.compile(r"(?:https?:)?//[^\s/?#\\]+[^\x00-\x1f\x7f]*", re.IGNORECASE)


def web_address(text: str) -> str:
    """The address if a browser may follow it without harm, else "": a bare file name leads nowhere."""
    if len(text) > LONGEST_ADDRESS or not _WEB.fullmatch(text):
        return ""
    return f"https:{text}" if text.startswith("//") else text


def given(value: object) -> list[str]:
    """The texts of a cell, in which one address or several may stand."""
    several = value if isinstance(value, list | tuple) else [value]
    texts = (str(one).replace("\x00", "").strip() for one in several if one is not None)
    return [text for text in texts if text]


def why_not(text: str) -> str:
    """Why an address is not kept; "" for one that is."""
    if web_address(text):
        return ""
    if len(text) > LONGEST_ADDRESS:
        return f"{len(text):,} characters; at most {LONGEST_ADDRESS:,} are kept."
    return "This is no address of the web, so nobody could open it."
