"""XML and JSON of any layout, and the ways in which they are refused."""

import json

from bourse.dialects.tables import Cell
from bourse.dialects.tables.refusals import (
    JsonInvalid,
    NoTable,
    TooDeep,
    TooManyColumns,
    XmlDeclaresEntities,
    XmlInvalid,
)
from dialects.corpus.cases import Case, opens, refuses

_SCHEMA = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" id="Set">'
    + '<xs:element name="Shape" type="xs:string" minOccurs="0"/>' * 30
    + "</xs:schema>"
)
_SOAP = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body><Answer><Result>'
    + _SCHEMA
    + '<d:diffgram xmlns:d="urn:schemas-microsoft-com:xml-diffgram-v1"><Set xmlns="">'
    '<Table1 d:id="Table11"><Shape>Round</Shape><Carat>1.01</Carat></Table1>'
    '<Table1 d:id="Table12"><Shape>Pear</Shape><Lab xsi:nil="true"/></Table1>'
    "</Set></d:diffgram></Result></Answer></soap:Body></soap:Envelope>"
)
_SUPPLIERS = (
    "<list>"
    + "".join(
        f"<supplier><name>S{at}</name><stones>"
        + "<stone><c>1</c><s>R</s></stone>" * 20
        + "</stones></supplier>"
        for at in range(2)
    )
    + "</list>"
)


def _xml(name: str, text: str, headers: list[str], *rows: list[str], **about: object) -> Case:
    return opens(name, "stock.xml", text.encode(), "xml", list(rows), headers=headers, **about)


def _json(name: str, value: object, headers: list[str] | None, *rows: list[Cell], **about: object) -> Case:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return opens(name, "stock.json", data, "json", list(rows), headers=headers, **about)


NESTED = [
    _xml(
        "attributes only",
        '<r t="1"><i a="1" b="Round"/><i a="2" c="x"/></r>',
        ["a", "b", "c"],
        ["1", "Round", ""],
        ["2", "", "x"],
        numbers=[1, 2],
    ),
    _xml(
        "elements",
        "<r><i><a>1 &amp; 2</a><b><![CDATA[<x>]]></b></i><i><a> 3 </a></i></r>",
        ["a", "b"],
        ["1 & 2", "<x>"],
        ["3", ""],
    ),
    _xml(
        "a wrapped answer with its schema",
        _SOAP,
        ["Shape", "Carat", "Lab"],
        ["Round", "1.01", ""],
        ["Pear", "", ""],
    ),
    _xml(
        "parts below the record",
        '<r><i><p cur="USD">10</p><m><l>a</l><l>b</l></m></i><i><p cur="EUR">20</p></i></r>',
        ["p.cur", "p", "m.l"],
        ["USD", "10", "a, b"],
        ["EUR", "20", ""],
    ),
    _xml(
        "repeated parts are numbered",
        "<r><i><g><u>a</u></g><g><u>b</u></g></i><i><g><u>c</u></g><k>1</k></i></r>",
        ["g.0.u", "g.1.u", "k"],
        ["a", "b", ""],
        ["c", "", "1"],
    ),
    opens(
        "suppliers with many stones each",
        "stock.xml",
        _SUPPLIERS.encode(),
        "xml",
        [["1", "R"]] * 40,
        headers=["c", "s"],
    ),
    _xml(
        "blank lines before the declaration",
        "\n\n<?xml version='1.0'?><r><a b='1'/><a b='2'/></r>",
        ["b"],
        ["1"],
        ["2"],
    ),
    _xml(
        "one stone only",
        "<answer><status>ok</status><stone><a>1</a><b>2</b><c>3</c></stone></answer>",
        ["a", "b", "c"],
        ["1", "2", "3"],
    ),
    _xml(
        "a declared encoding",
        "<?xml version='1.0' encoding='utf-8'?><r><i><a>é</a></i><i><a>b</a></i></r>",
        ["a"],
        ["é"],
        ["b"],
    ),
    opens(
        "XML in cp1252",
        "stock.xml",
        "<?xml version='1.0' encoding='windows-1252'?><r><i a='é' b='1'/><i a='x' b='2'/></r>".encode(
            "cp1252"
        ),
        "xml",
        [["é", "1"], ["x", "2"]],
        encoding="cp1252",
    ),
    opens(
        "XML in GB18030",
        "stock.xml",
        "<?xml version='1.0' encoding='GB18030'?><r><i a='钻石' b='1'/><i a='x' b='2'/></r>".encode(
            "gb18030"
        ),
        "xml",
        [["钻石", "1"], ["x", "2"]],
        encoding="gb18030",
    ),
    _json(
        "a list of objects",
        [{"a": 1, "b": None}, {"a": 2.5, "c": True}],
        ["a", "b", "c"],
        [1, None, None],
        [2.5, None, True],
        numbers=[1, 2],
    ),
    _json(
        "a list within an answer",
        {"response": {"body": {"diamonds": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}], "total": 2}}},
        ["a", "b"],
        [1, "x"],
        [2, "y"],
    ),
    _json(
        "parts and lists",
        [
            {
                "Price": {"Value": 10, "Code": "USD"},
                "Tags": ["a", 1, None],
                "Images": [{"Url": "u"}, {"Url": "v"}],
            },
            {"Tags": []},
            {"Price": {"Value": 1}},
        ],
        ["Price.Value", "Price.Code", "Tags", "Images.0.Url", "Images.1.Url"],
        [10, "USD", "a, 1", "u", "v"],
        [1, None, None, None, None],
        numbers=[1, 3],
    ),
    _json("one object a line", b'{"a": 1, "b": 2}\n\n{"a": 3}\n', ["a", "b"], [1, 2], [3, None]),
    _json(
        "lists in a list", [["Shape", "Carat"], ["Round", 1.01]], None, ["Shape", "Carat"], ["Round", 1.01]
    ),
    _json(
        "columns beside their data",
        {"columns": ["Shape", "Carat"], "data": [["Round", 1], ["Pear", 2]]},
        None,
        ["Shape", "Carat"],
        ["Round", 1],
        ["Pear", 2],
    ),
    _json(
        "objects under the numbers of stones",
        {"diamonds": {"101": {"Shape": "Round"}, "102": {"Shape": "Pear", "Carat": 2}}},
        ["key", "Shape", "Carat"],
        ["101", "Round", None],
        ["102", "Pear", 2],
    ),
    _json(
        "two prices of one layout are no stones",
        [{"Price": {"A": {"Value": 1}, "B": {"Value": 2}}, "Shape": "Round"}],
        ["Price.A.Value", "Price.B.Value", "Shape"],
        [1, 2, "Round"],
    ),
    _json("one stone only in JSON", {"Shape": "Round", "Carat": 1.01}, ["Shape", "Carat"], ["Round", 1.01]),
    _json(
        "half a sign",
        b'[{"a": "x\\ud800y", "b": "1\\u0000"}]',
        ["a", "b"],
        ["x\ufffdy", "1\ufffd"],
        notes=[(1, 0, "lost a letter"), (1, 1, "lost a letter")],
    ),
    _json(
        "a number of many digits stays text",
        b'[{"a": 123456789012345678901, "b": 1}]',
        ["a", "b"],
        ["123456789012345678901", 1],
    ),
    refuses(
        "a billion laughs",
        "stock.xml",
        b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r><i>&b;</i><i/></r>',
        XmlDeclaresEntities,
        "never resolved",
    ),
    refuses(
        "a local file as an entity",
        "stock.xml",
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r><i>&a;</i></r>',
        XmlDeclaresEntities,
    ),
    refuses(
        "a document type from elsewhere",
        "stock.xml",
        b'<?xml version="1.0"?><!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r/>',
        XmlDeclaresEntities,
    ),
    refuses(
        "parameter entities",
        "stock.xml",
        b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><r/>',
        XmlDeclaresEntities,
    ),
    refuses(
        "an entity that nobody declared", "stock.xml", b"<r><i>a&nbsp;b</i><i/></r>", XmlInvalid, "line 1"
    ),
    refuses(
        "a bare ampersand",
        "stock.xml",
        b"<r>\n<i>Rubin & Sons</i>\n<i/></r>",
        XmlInvalid,
        "line 2, column 11",
    ),
    refuses("XML that breaks off", "stock.xml", b"<r><i>1</i><i>", XmlInvalid, "no element found"),
    refuses("XML 100 deep", "stock.xml", b"<a>" * 100 + b"</a>" * 100, TooDeep, "32"),
    refuses("XML without values", "stock.xml", b"<r><i/><i/></r>", NoTable),
    refuses(
        "XML with a name for each stone",
        "stock.xml",
        lambda: b"<r>" + b"".join(b"<s%d>1</s%d>" % (at, at) for at in range(20_000)) + b"</r>",
        TooManyColumns,
    ),
    refuses(
        "XML with 600 fields",
        "stock.xml",
        lambda: (
            b"<r>"
            + (b"<i>" + b"".join(b"<f%d>1</f%d>" % (at, at) for at in range(600)) + b"</i>") * 2
            + b"</r>"
        ),
        TooManyColumns,
        "513 columns in row 1",
    ),
    refuses(
        "a field twice", "stock.json", b'[{"price": 1, "b": 3, "price": 2}]', JsonInvalid, "“price” twice"
    ),
    refuses("NaN", "stock.json", b'[{"a": NaN}]', JsonInvalid, "NaN"),
    refuses("a number beyond all numbers", "stock.json", b'[{"a": 1e999}]', JsonInvalid, "1e999"),
    refuses("JSON that breaks off", "stock.json", b'[{"a": 1}, {"a"', JsonInvalid, "line 1, column"),
    refuses("a bad line among objects", "stock.json", b'{"a": 1}\n{"a": \n', JsonInvalid, "line 2"),
    refuses("JSON 33 deep", "stock.json", b'{"a":' * 33 + b"1" + b"}" * 33, TooDeep, "32"),
    refuses("JSON 100,000 deep", "stock.json", b"[" * 100_000, TooDeep, "32"),
    refuses("JSON without a list", "stock.json", b'{"total": 0, "diamonds": []}', NoTable),
]
