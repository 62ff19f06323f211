"""Names of files that come from outside: only a name, whatever was sent as one."""

import unicodedata

LONGEST_NAME = 120


def file_name(*offered: str, otherwise: str) -> str:
    """The first of the names that is one, without folders, signs that cannot be seen, or great length."""
    for name in offered:
        plain = name.replace("\\", "/").rpartition("/")[2]
        seen = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
        seen = seen.strip(" .")
        if seen:
            stem, dot, kind = seen.rpartition(".")
            keeps = dot + kind if dot and len(kind) < 10 else ""
            return (stem if keeps else seen)[: LONGEST_NAME - len(keeps)] + keeps
    return otherwise
