"""XML that would reach for files and addresses or swell without end, alone and inside workbooks."""

from collections.abc import Callable, Iterator
from itertools import product

from dialects.making import archive, ods
from uploads import listening
from uploads.cases import Case, refused, taken
from uploads.stock import as_xlsx, members, table, with_shared_texts

KIND = "XML"


def address() -> str:
    """Where nobody may ever knock: the listener of this run."""
    return f"http://127.0.0.1:{listening.PORT}/secret"


def doctypes() -> dict[str, str]:
    """Declarations that mean harm, or merely might."""
    here = address()
    nested = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    return {
        "a file": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "an address": f'<!DOCTYPE r [<!ENTITY x SYSTEM "{here}">]>',
        "a public address": f'<!DOCTYPE r [<!ENTITY x PUBLIC "a" "{here}">]>',
        "an outer DTD": f'<!DOCTYPE r SYSTEM "{here}">',
        "an outer DTD of a file": '<!DOCTYPE r SYSTEM "file:///etc/hosts">',
        "a parameter": f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{here}"> %p;]>',
        "a parameter in a parameter": f"<!DOCTYPE r [<!ENTITY % p \"<!ENTITY x SYSTEM '{here}'>\"> %p;]>",
        "a billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{nested}<!ENTITY x "&l11;">]>',
        "a long word said often": f'<!DOCTYPE r [<!ENTITY x "{"ha" * 40_000}">]>',
        "itself": '<!DOCTYPE r [<!ENTITY x "&x;">]>',
        "a harmless word": '<!DOCTYPE r [<!ENTITY x "Round">]>',
        "nothing": "<!DOCTYPE r []>",
        "a notation": f'<!DOCTYPE r [<!NOTATION n SYSTEM "{here}"><!ENTITY x SYSTEM "y" NDATA n>]>',
        "an attribute": '<!DOCTYPE r [<!ATTLIST stone shape CDATA "Round">]>',
    }


def cases() -> Iterator[Case]:
    yield taken(KIND, "a list", "stock.xml", plain(), 12, values={"carat": 0.92, "stock_no": "A1"})
    yield taken(KIND, "a list in attributes", "stock.xml", in_attributes(), 12, values={"carat": 0.92})
    for what, where in product(doctypes(), PLACES):
        yield refused(
            KIND, f"{what} in {where}", PLACES[where][0], _maker(where, what), "XmlDeclaresEntities"
        )
    yield from _broken()
    yield from _outer()
    for named in ("klingon", "utf-7", "ascii", "iso-8859-1"):
        data = plain().replace(b'version="1.0"', f'version="1.0" encoding="{named}"'.encode())
        yield taken(KIND, f"the encoding {named} declared", "stock.xml", data, 12, values={"carat": 0.92})


def _maker(where: str, what: str) -> Callable[[], bytes]:
    return lambda: PLACES[where][1](doctypes()[what])


def plain(doctype: str = "", first: str = "") -> bytes:
    """The stock as XML, one element for each stone."""
    names = ("stock_no", "shape", "carat", "color", "clarity", "lab", "certificate_no", "price_per_carat")
    rows = [[row[at] for at in (0, 1, 2, 3, 4, 12, 13, 14)] for row in table()[1:]]
    stones = "".join(
        f"<stone>{''.join(f'<{name}>{cell}</{name}>' for name, cell in zip(names, row, strict=True))}</stone>"
        for row in rows
    )
    return f'<?xml version="1.0"?>{doctype}<stones>{first}{stones}</stones>'.encode()


def in_attributes() -> bytes:
    """The stock as XML, one attribute for each value."""
    names = ("stock_no", "shape", "carat", "color", "clarity", "lab", "certificate_no", "price_per_carat")
    rows = [[row[at] for at in (0, 1, 2, 3, 4, 12, 13, 14)] for row in table()[1:]]
    stones = "".join(
        "<stone "
        + " ".join(name + '="' + str(cell) + '"' for name, cell in zip(names, row, strict=True))
        + "/>"
        for row in rows
    )
    return f"<stones>{stones}</stones>".encode()


def _member(name: str, doctype: str) -> bytes:
    inside = members(with_shared_texts(table()))
    head, mark, rest = bytes(inside[name]).partition(b"?>")  # type: ignore[arg-type]
    inside[name] = head + mark + doctype.encode() + rest
    return archive(inside)


def _in_2003(doctype: str) -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="s"><Table><Row><Cell>'
        '<Data ss:Type="String">&x;</Data></Cell></Row></Table></Worksheet></Workbook>'
    ).encode()


def _in_ods(doctype: str) -> bytes:
    whole = members(ods("<office:body><office:spreadsheet/></office:body>"))
    return archive({**whole, "content.xml": doctype + bytes(whole["content.xml"]).decode()})  # type: ignore[arg-type]


PLACES = {
    "a list": ("stock.xml", lambda doctype: plain(doctype, "<stone><shape>&x;</shape></stone>")),
    "a list called CSV": ("stock.csv", lambda doctype: plain(doctype)),
    "a workbook of 2003": ("stock.xls", _in_2003),
    "a sheet": ("stock.xlsx", lambda doctype: _member("xl/worksheets/sheet1.xml", doctype)),
    "a workbook's list of sheets": ("stock.xlsx", lambda doctype: _member("xl/workbook.xml", doctype)),
    "shared texts": ("stock.xlsx", lambda doctype: _member("xl/sharedStrings.xml", doctype)),
    "styles": ("stock.xlsx", lambda doctype: _member("xl/styles.xml", doctype)),
    "a workbook of LibreOffice": ("stock.ods", _in_ods),
}


def _broken() -> Iterator[Case]:
    whole = plain()
    for part in range(1, 20):
        data = whole[: len(whole) * part // 20]
        yield refused(KIND, f"a list cut at {part}/20", "stock.xml", data, "XmlInvalid")
    damages = {
        "an element closed by another": whole.replace(b"</shape>", b"</form>", 1),
        "a stray sign": whole.replace(b"<shape>", b"<shape>&", 1),
        "an unknown entity": whole.replace(b"<shape>", b"<shape>&nbsp;", 1),
        "a control byte": whole.replace(b"<shape>", b"<shape>\x01", 1),
        "two roots": whole + whole[whole.index(b"<stones>") :],
        "text behind the end": whole + b"and more",
        "an attribute twice": whole.replace(b"<stone>", b'<stone a="1" a="2">', 1),
    }
    for what, data in damages.items():
        yield refused(KIND, what, "stock.xml", data, "XmlInvalid")


def _outer() -> Iterator[Case]:
    """What a workbook refers to outside itself is left alone."""
    kinds = ("hyperlink", "image", "externalLink", "oleObject", "attachedTemplate")
    for kind in kinds:
        yield taken(KIND, f"a workbook that refers to an outer {kind}", "s.xlsx", _outside(kind), 12)
    page = (
        "<html><head><link rel='stylesheet' href='{0}'><script src='{0}'></script></head>"
        "<body><img src='{0}'>{1}</body></html>"
    )
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table())
    yield taken(
        KIND,
        "a page with pictures and scripts",
        "s.xls",
        lambda: page.format(address(), f"<table>{rows}</table>").encode(),
        12,
    )
    sheet = '<?xml-stylesheet type="text/xsl" href="{}"?>'
    yield taken(KIND, "a list with a style sheet", "s.xml", lambda: plain(sheet.format(address())), 12)
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    yield taken(KIND, "a list that includes a file", "s.xml", lambda: plain("", include), 12)


def _outside(kind: str) -> Callable[[], bytes]:
    def made() -> bytes:
        inside = members(as_xlsx(table()))
        space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        inside["xl/worksheets/_rels/sheet1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r9" Type="{space}/{kind}" Target="{address()}" TargetMode="External"/>'
            "</Relationships>"
        ).encode()
        return archive(inside)

    return made
