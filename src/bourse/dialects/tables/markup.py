"""The one way in which this room parses XML: by streaming, with document types and entities refused."""

from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

from bourse.dialects.tables.refusals import XmlDeclaresEntities, XmlInvalid

_CHUNK_CHARACTERS = 1 << 18

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse_markup(text: str, start: Start, end: End, characters: Text) -> None:
    """Tell the three listeners what stands in the XML; names come as "namespace local" or "local"."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        for at in range(0, len(text), _CHUNK_CHARACTERS):
            parser.Parse(text[at : at + _CHUNK_CHARACTERS], False)
        parser.Parse("", True)
    except expat.ExpatError as error:
        raise XmlInvalid(
            f"The XML breaks its grammar in line {error.lineno}, column {error.offset + 1} "
            f"({expat.ErrorString(error.code)}); expected well-formed XML to its end. "
            "Export the file again; write & as &amp; and < as &lt; in texts."
        ) from error


def local(name: str) -> str:
    """The bare name without its namespace."""
    return name.rpartition(" ")[2]


def namespace(name: str) -> str:
    """The namespace of a name, "" where it has none."""
    return name.rpartition(" ")[0]


def _refuse_doctype(*_: object) -> NoReturn:
    raise XmlDeclaresEntities(
        "The XML declares a document type or entities of its own (<!DOCTYPE …>), which are never resolved; "
        "expected plain elements only. Delete that declaration and export again."
    )
