"""Names that stand in addresses and APIs in place of a table's own key."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/O, 1/l/i: people read these aloud


def public_id() -> str:
    """18 random letters and digits: 89 bits, more than anybody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(18))
