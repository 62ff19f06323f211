"""Our layout as CSV: UTF-8 with its mark, commas, CRLF, so that a spreadsheet opens it as it is."""

import codecs
import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from bourse.dialects.own_layout import OFFERED_FIELDS, fields_in_order, header_of
from bourse.dialects.writing.refused import RefusedLine, refused_texts
from bourse.dialects.writing.samples import SAMPLES
from bourse.dialects.writing.texts import texts_of

_AT_ONCE = 500


def csv_of(rows: Iterable[Mapping[str, object]], fields: Collection[str] | None = None) -> Iterator[bytes]:
    """The rows in our layout, piece by piece; with `fields`, only these and the essential ones."""
    wanted = fields_in_order(fields)
    header = [header_of(field) for field in wanted]
    return _pieces(chain([header], (texts_of(row, wanted, for_csv=True) for row in rows)))


def refused_csv(headers: Sequence[str], lines: Iterable[RefusedLine]) -> Iterator[bytes]:
    """Rows that were not taken, under the headers of their file."""
    return _pieces(refused_texts(headers, lines))


def template_csv() -> bytes:
    """Our layout with the sample rows, to be filled in."""
    return b"".join(csv_of(SAMPLES, OFFERED_FIELDS))


def _pieces(lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    left = iter(lines)
    while some := list(islice(left, _AT_ONCE)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows(some)
        yield text.getvalue().encode("utf-8", "replace")
