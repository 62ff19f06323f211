"""Names that stand in addresses and APIs in place of a table's own key."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/O, 1/l/i: people read these aloud
LENGTH = 18

_LETTER_OF_BYTE = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNEVEN = bytes(range(256 - 256 % len(ALPHABET), 256))  # these would make the first letters likelier


def public_id() -> str:
    """18 random letters and digits: 89 bits, more than anybody can guess."""
    return public_ids(1)[0]


def public_ids(count: int) -> list[str]:
    """As many names at once, for rows that are written in bulk."""
    letters = b""
    while len(letters) < count * LENGTH:
        wanted = count * LENGTH - len(letters)
        letters += secrets.token_bytes(wanted + wanted // 20 + 16).translate(_LETTER_OF_BYTE, _UNEVEN)
    text = letters.decode()
    return [text[at : at + LENGTH] for at in range(0, count * LENGTH, LENGTH)]
