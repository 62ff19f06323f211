"""How a key is written: bourse_live_<name of the key>_<256 random bits><checksum>.

The checksum lets anybody tell a slip of the pen from a key that the house does not know, and a scanner of
source code find a key that was left there.
"""

import secrets
import string
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

from bourse.kit.public_id import ALPHABET

MARK = "bourse_live_"
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
NAME_LENGTH, SECRET_LENGTH, CHECK_LENGTH = 8, 43, 6  # 62 ** 43 is more than 2 ** 256
LENGTH = len(MARK) + NAME_LENGTH + 1 + SECRET_LENGTH + CHECK_LENGTH


class KeyText(NamedTuple):
    """A new key: all of it for its owner, and what the house keeps."""

    whole: str
    prefix: str
    last_four: str
    hash: str


def new_key() -> KeyText:
    """A key that nobody had before."""
    name = "".join(secrets.choice(ALPHABET) for _ in range(NAME_LENGTH))
    body = f"{MARK}{name}_{''.join(secrets.choice(LETTERS) for _ in range(SECRET_LENGTH))}"
    whole = body + _check(body)
    return KeyText(whole, name, whole[-4:], hash_of(whole))


def is_well_written(text: str) -> bool:
    """Whether the text could be a key: of the right form, with the checksum that belongs to it."""
    if len(text) != LENGTH or not text.isascii() or not text.startswith(MARK):
        return False
    return _check(text[:-CHECK_LENGTH]) == text[-CHECK_LENGTH:]


def hash_of(text: str) -> str:
    """What is kept of a key. It has 256 random bits, so a plain hash cannot be tried through."""
    return sha256(text.encode()).hexdigest()


def _check(body: str) -> str:
    left, letters = crc32(body.encode()), ""
    for _ in range(CHECK_LENGTH):
        left, place = divmod(left, len(LETTERS))
        letters = LETTERS[place] + letters
    return letters
