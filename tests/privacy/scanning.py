"""Every byte of an answer, and what of the canaries is in it."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from privacy.canary import Canary


def bytes_of(answer: Any) -> bytes:
    """Status line, headers, cookies and body; of a workbook each of its parts."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return b"\n".join([headers.encode(), answer.cookies.output().encode(), *_parts(body)])


def _parts(body: bytes) -> Iterator[bytes]:
    if not zipfile.is_zipfile(io.BytesIO(body)):
        yield body
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            yield name.encode()
            yield archive.read(name)


def found_in(content: bytes, canaries: Iterable[Canary]) -> list[Canary]:
    """Those whose value stands in the content, in whatever capitals."""
    small = content.lower()
    return [canary for canary in canaries if canary.value.lower().encode() in small]
