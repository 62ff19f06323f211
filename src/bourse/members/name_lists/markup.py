"""A list of names as XML, in the shapes of the European Union, the United Nations and OFAC."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from bourse.dialects.tables.markup import local, parse_markup
from bourse.members.name_lists.entry import ListedEntry, ListNotRead, joined, name_fault, refuse_faults, tidy

_PIECE_BYTES = 1 << 18
_UN_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


class _Node:
    """An element of one entry."""

    def __init__(self, tag: str, said: Mapping[str, str]) -> None:
        self.tag, self.said = tag, said
        self.children: list[_Node] = []
        self.text = ""

    def all(self, *tags: str) -> "Iterator[_Node]":
        """The elements of this name, at any depth."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.all(*tags)

    def texts(self, *tags: str) -> list[str]:
        """What the elements of these names hold."""
        return [tidy(node.text) for node in self.all(*tags)]

    def own(self, *tags: str) -> list[str]:
        """What the direct children of these names hold, in that order."""
        return [tidy(child.text) for tag in tags for child in self.children if child.tag == tag]


def entries_of_xml(content: bytes) -> list[ListedEntry]:
    """The entries of an XML list; document types and entities are refused."""
    gathered = _Entries()
    pieces = (content[at : at + _PIECE_BYTES] for at in range(0, len(content), _PIECE_BYTES))
    parse_markup(pieces, gathered.start, gathered.end, gathered.characters)
    if not gathered.entries and not gathered.faults:
        raise ListNotRead(
            "The XML holds no sanctionEntity, INDIVIDUAL, ENTITY or sdnEntry; expected the consolidated list "
            "of the European Union or of the United Nations, or OFAC's SDN.XML."
        )
    refuse_faults(gathered.faults)
    return gathered.entries


class _Entries:
    """Hears the parser and keeps one entry's elements at a time."""

    def __init__(self) -> None:
        self.entries: list[ListedEntry] = []
        self.faults: list[str] = []
        self._open: list[_Node] = []

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        tag = local(name)
        if self._open:
            node = _Node(tag, said)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif tag in _SHAPES:
            self._open.append(_Node(tag, said))

    def characters(self, text: str) -> None:
        """Text inside an element."""
        if self._open:
            self._open[-1].text += text

    def end(self, _: str) -> None:
        """An element ends; with an entry's own the entry is whole."""
        if not self._open:
            return
        node = self._open.pop()
        if self._open:
            return
        names, entry = _SHAPES[node.tag](node)
        entry.number = len(self.entries) + len(self.faults) + 1
        found = list(dict.fromkeys(filter(None, map(tidy, names)))) or [""]
        where = f"Entry {entry.number} ({' '.join(filter(None, (node.tag, entry.reference)))}), name"
        if fault := next(filter(None, (name_fault(where, name) for name in found)), ""):
            self.faults.append(fault)
            return
        entry.name, entry.also = found[0], found[1:]
        self.entries.append(entry)


Shape = Callable[[_Node], tuple[Iterable[str], ListedEntry]]


def _of_the_union(node: _Node) -> tuple[Iterable[str], ListedEntry]:
    names = [one.said.get("wholeName", "") for one in node.all("nameAlias")]
    places = [one.said.get("countryDescription", "") for one in node.all("citizenship", "address")]
    return names, ListedEntry(
        number=0,
        name="",
        kind=joined((one.said.get("code") for one in node.all("subjectType")), 40),
        country=joined(places, 100),
        programme=joined((one.said.get("programme") for one in node.all("regulation")), 200),
        reference=(node.said.get("euReferenceNumber") or node.said.get("logicalId", ""))[:100],
    )


def _of_the_nations(node: _Node) -> tuple[Iterable[str], ListedEntry]:
    names = [" ".join(node.own(*_UN_NAMES)), *node.texts("ALIAS_NAME"), *node.own("NAME_ORIGINAL_SCRIPT")]
    places = [text for one in node.all("NATIONALITY") for text in one.texts("VALUE")] + node.texts("COUNTRY")
    return names, ListedEntry(
        number=0,
        name="",
        kind=node.tag.lower(),
        country=joined(places, 100),
        programme=joined(node.own("UN_LIST_TYPE"), 200),
        reference=joined(node.own("REFERENCE_NUMBER", "DATAID")[:1], 100),
    )


def _of_ofac(node: _Node) -> tuple[Iterable[str], ListedEntry]:
    whole = [" ".join(filter(None, one.own("firstName", "lastName"))) for one in (node, *node.all("aka"))]
    return whole, ListedEntry(
        number=0,
        name="",
        kind=joined(node.own("sdnType"), 40),
        country=joined(node.texts("country"), 100),
        programme=joined(node.texts("program"), 200),
        reference=joined(node.own("uid"), 100),
    )


_SHAPES: Mapping[str, Shape] = {
    "sanctionEntity": _of_the_union,
    "INDIVIDUAL": _of_the_nations,
    "ENTITY": _of_the_nations,
    "sdnEntry": _of_ofac,
}
