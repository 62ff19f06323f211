"""Lists of names as authorities publish them, and what is said of one with a fault."""

import pytest

from bourse.kit.refusal import Refusal
from bourse.members.name_lists import MOST_BYTES, ListedEntry, ListNotRead, ListTooLarge, read_list

SDN = (
    b'36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    b'2674,"ABBAS, Abu","individual","SDNTK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 10 Dec 1948."\r\n\x1a'
)
ALT = b'36,12,"aka","AERO-CARIBBEAN",-0- \r\n2674,13,"aka","ZAYDAN, Muhammad",-0- \r\n\x1a'
UNION = """<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export">
<sanctionEntity euReferenceNumber="EU.27.28" logicalId="13"><regulation programme="IRQ" />
<subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Saddam Hussein Al-Tikriti"/>
<nameAlias wholeName="Abu Ali"/><nameAlias wholeName=""/><citizenship countryDescription="IRAQ"/>
</sanctionEntity></export>"""
NATIONS = """<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>6908555</DATAID><FIRST_NAME>RI</FIRST_NAME>
<SECOND_NAME>WON HO</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.033</REFERENCE_NUMBER>
<NATIONALITY><VALUE>DPRK</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><ALIAS_NAME/></INDIVIDUAL_ALIAS></INDIVIDUAL>
</INDIVIDUALS><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>AMROGGANG</FIRST_NAME>
<ENTITY_ALIAS><ALIAS_NAME>Amroggang Bank</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""
OFAC = """<sdnList xmlns="http://tempuri.org/sdnList.xsd"><sdnEntry><uid>36</uid><lastName>AEROCARIBBEAN</lastName>
<sdnType>Entity</sdnType><programList><program>CUBA</program></programList><akaList><aka><uid>12</uid>
<lastName>AERO-CARIBBEAN</lastName></aka></akaList><addressList><address><country>Cuba</country></address></addressList>
</sdnEntry></sdnList>"""


def read(text: str | bytes, other: bytes = b"") -> list[ListedEntry]:
    return read_list(text.encode() if isinstance(text, str) else text, other)


def test_a_list_with_a_header_in_common_spellings() -> None:
    text = "Last updated,1/2/2026\nFull Name;AKA;Entity-Type;Nationality;Regime;UID\n".replace(",", ";")
    text += "Asha  Gems;Asha & Co|A. Gems;entity;India;Test;7\n\nBen;;person;;;8\n"
    assert read(text) == [
        ListedEntry(3, "Asha Gems", ["Asha & Co", "A. Gems"], "entity", "India", "Test", "7"),
        ListedEntry(5, "Ben", [], "person", "", "", "8"),
    ]


def test_rows_of_one_number_are_one_entry_with_several_names() -> None:
    text = "Entity_LogicalId,NameAlias_WholeName\n13,Saddam Hussein\n13,Abu Ali\n"
    assert read(text) == [ListedEntry(2, "Saddam Hussein", ["Abu Ali"], "", "", "", "13")]


def test_a_name_may_stand_in_several_columns() -> None:
    assert read("Name 6,Name 1,Name 2,Group ID\nHUSSEIN,Saddam,,1\n")[0].name == "Saddam HUSSEIN"
    assert read("uid\tFirst Name\tLast Name\n1\tAbu\tAbbas\n")[0].name == "Abu Abbas"


def test_ofacs_files_have_no_header_and_keep_other_names_apart() -> None:
    first, second = read(SDN, ALT)
    assert first == ListedEntry(1, "AEROCARIBBEAN AIRLINES", ["AERO-CARIBBEAN"], "", "", "CUBA", "36")
    assert (second.name, second.kind, second.also) == ("ABBAS, Abu", "individual", ["ZAYDAN, Muhammad"])
    assert [entry.also for entry in read(SDN)] == [[], []]


def test_the_unions_list() -> None:
    assert read(UNION) == [
        ListedEntry(1, "Saddam Hussein Al-Tikriti", ["Abu Ali"], "person", "IRAQ", "IRQ", "EU.27.28")
    ]


def test_the_list_of_the_united_nations() -> None:
    assert read(NATIONS) == [
        ListedEntry(1, "RI WON HO", [], "individual", "DPRK", "DPRK", "KPi.033"),
        ListedEntry(2, "AMROGGANG", ["Amroggang Bank"], "entity", "", "", "1"),
    ]


def test_ofacs_list_as_xml() -> None:
    assert read(OFAC) == [ListedEntry(1, "AEROCARIBBEAN", ["AERO-CARIBBEAN"], "Entity", "Cuba", "CUBA", "36")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_whatever_its_encoding(encoding: str) -> None:
    assert read("name\nMüller Söhne\n".encode(encoding))[0].name == "Müller Söhne"


@pytest.mark.parametrize(
    ("text", "other", "sentence"),
    [
        ("name,country\nAsha,IN\n,BE\n", b"", "Row 3, column name: empty; expected a name."),
        ("name\n" + "x" * 501, b"", "Row 2, column name: 501 characters; expected at most 500."),
        ("name,country\nAsha,IN,BE\n", b"", "Row 2: 3 cells; expected 2, as the header has."),
        (SDN[:-1] + b"37,-0- ,,,,,,,,,,", b"", "Row 3, column 2: empty; expected a name."),
        (SDN, b"99,1,aka,X,-0-", "Row 1 of the other names, column 1: “99”; expected a number of SDN.CSV."),
        (SDN, b"36,1,aka", "Row 1 of the other names: 3 cells; expected 5, as ALT.CSV has them."),
        ("name\nAsha\n", ALT, "A file of other names goes with SDN.CSV alone; this list has its own header."),
        (
            UNION.replace('wholeName="Saddam Hussein Al-Tikriti"', "").replace('wholeName="Abu Ali"', ""),
            b"",
            "Entry 1 (sanctionEntity EU.27.28), name: empty; expected a name.",
        ),
    ],
)
def test_a_fault_is_told_by_row_and_cell(text: str | bytes, other: bytes, sentence: str) -> None:
    with pytest.raises(ListNotRead) as refused:
        read(text, other)
    assert str(refused.value) == sentence


def test_of_many_faults_the_first_are_told_and_the_rest_counted() -> None:
    with pytest.raises(ListNotRead) as refused:
        read("name,id\n" + ",1\n" * 5)
    assert str(refused.value).endswith(
        "Row 4, column name: empty; expected a name. And 2 more rows have a fault."
    )


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", "The file holds no name"),
        ("colour,weight\nD,1.00\n", "Row 1 begins “colour” and names no column of names"),
        ('name\n"Asha\n', "Row 2 breaks the form of CSV"),
        ("<list><stone/></list>", "The XML holds no sanctionEntity"),
    ],
)
def test_what_is_no_list_is_refused(text: str, begins: str) -> None:
    with pytest.raises(ListNotRead) as refused:
        read(text)
    assert str(refused.value).startswith(begins)


def test_entities_are_never_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><export>&a;&b;</export>'
    with pytest.raises(Refusal) as refused:
        read(bomb)
    assert "never resolved" in str(refused.value)


def test_a_list_has_at_most_fifty_mebibytes() -> None:
    with pytest.raises(ListTooLarge):
        read_list(b"name\n" + b"x" * MOST_BYTES, b"")
