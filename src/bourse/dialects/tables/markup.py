"""The one way in which this room parses XML: streaming, with document types and entities refused."""

from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn
from xml.parsers import expat

from bourse.dialects.tables.refusals import XmlDeclaresEntities, XmlInvalid

_CHUNK_CHARACTERS = 1 << 18

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse_markup(parts: Iterable[str | bytes], start: Start, end: End, characters: Text) -> None:
    """Tell the three listeners what stands in the XML; names come as "namespace local" or "local"."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        for part in parts:
            parser.Parse(part, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise XmlInvalid(
            f"The XML breaks its grammar in line {parser.ErrorLineNumber}, "
            f"column {parser.ErrorColumnNumber + 1} ({expat.ErrorString(parser.ErrorCode)}); "
            "expected well-formed XML to its end. Export it again; write & as &amp; and < as &lt; in texts."
        ) from error


def pieces(text: str) -> Iterator[str]:
    """A long text in the bites that the parser takes."""
    for at in range(0, len(text), _CHUNK_CHARACTERS):
        yield text[at : at + _CHUNK_CHARACTERS]


def local(name: str) -> str:
    """The bare name without its namespace."""
    return name.rpartition(" ")[2]


def namespace(name: str) -> str:
    """The namespace of a name, "" where it has none."""
    return name.rpartition(" ")[0]


def _refuse_doctype(*_: object) -> NoReturn:
    raise XmlDeclaresEntities(
        "The XML declares a document type or entities of its own (<!DOCTYPE …>), which are never resolved; "
        "expected plain elements only. Delete that declaration, or export again without it."
    )
