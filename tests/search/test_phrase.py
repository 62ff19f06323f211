"""The one box reads what dealers type: each phrase with the exact filter that it has to become."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bourse.search.echo import echo
from bourse.search.filter import Filter, from_query
from bourse.search.phrase import read
from bourse.search.scales import CHOICES

NONE: list[str] = []
EX3 = "cut=Excellent&polish=Excellent&symmetry=Excellent"
EX2 = "polish=Excellent&symmetry=Excellent"
CUSHIONS = "shape=Cushion&shape=Cushion Brilliant&shape=Cushion Modified"
LIKED = {
    # weights
    "1ct": "ct=1.00-1.49",
    "1.00 ct": "ct=1.00",
    "0.5ct": "ct=0.50-0.69",
    ".30": "ct=0.30",
    "1.2 ct": "ct=1.20-1.29",
    "7 carats": "ct=7.00-7.99",
    "1.0-1.2": "ct=1.00-1.20",
    "1,0 – 1,2 ct": "ct=1.00-1.20",
    "1 to 1.5 ct": "ct=1.00-1.50",
    "between 2 and 3 carats": "ct=2.00-3.00",
    "from 0.70 to 0.79": "ct=0.70-0.79",
    "2ct+": "ct=2.00-",
    "2 ct or above": "ct=2.00-",
    "over 5ct": "ct=5.00-",
    "under 0.5 ct": "ct=-0.50",
    ">=3ct": "ct=3.00-",
    # the examples that everybody gives
    "1.0-1.2 G VS GIA EX none": f"ct=1.00-1.20&colour=G&clarity=VS&{EX3}&lab=GIA&fluorescence=None",
    "rd 1ct+ D-F IF-VVS2 3x": f"shape=Round&ct=1.00-&colour=D-F&clarity=IF-VVS2&{EX3}",
    "2.01 pear fancy intense yellow": "ct=2.01&shape=Pear&colour=Yellow&intensity=Fancy Intense",
    "<8000 total": "total=-8000",
    "1.01 rd G VS1 GIA 3ex none": f"ct=1.01&shape=Round&colour=G&clarity=VS1&lab=GIA&{EX3}&fluorescence=None",
    "round 0.50-0.59 D-H IF-VS2 3EX NONE GIA": (
        f"shape=Round&ct=0.50-0.59&colour=D-H&clarity=IF-VS2&{EX3}&fluorescence=None&lab=GIA"
    ),
    "RB 1.50 H SI1 VG VG F": (
        "shape=Round&ct=1.50&colour=H&clarity=SI1&polish=Very Good&symmetry=Very Good&fluorescence=Faint"
    ),
    # shapes
    "oval": "shape=Oval",
    "rounds": "shape=Round",
    "round or pear": "shape=Round&shape=Pear",
    "oval/marquise": "shape=Oval&shape=Marquise",
    "emerald cut 3ct": "shape=Emerald&ct=3.00-3.99",
    "cushion": CUSHIONS,
    "cushion modified 1.20": "shape=Cushion Modified&ct=1.20",
    "princess cut": "shape=Princess",
    "old miner": "shape=Old Miner",
    "asscher 2.00-2.49 E VVS1": "shape=Asscher&ct=2.00-2.49&colour=E&clarity=VVS1",
    "hearts 1.00 D IF": "shape=Heart&ct=1.00&colour=D&clarity=IF",
    "1.01rd": "ct=1.01&shape=Round",
    # colour and clarity
    "D": "colour=D",
    "d-f": "colour=D-F",
    "D to F": "colour=D-F",
    "DEF": "colour=D-F",
    "G/H": "colour=G&colour=H",
    "GH VS": "colour=G&colour=H&clarity=VS",
    "G or better": "colour=D-G",
    "G+": "colour=D-G",
    "colorless": "colour=D-F",
    "near colorless SI": "colour=G-J&clarity=SI",
    "VS2+": "clarity=FL-VS2",
    "VS2 or better": "clarity=FL-VS2",
    "VVS": "clarity=VVS",
    "VS1-SI1": "clarity=VS1-SI1",
    "vs1-2": "clarity=VS1-VS2",
    "VVS-VS": "clarity=VVS1-VS2",
    "si1/si2": "clarity=SI1&clarity=SI2",
    "loupe clean": "clarity=IF",
    "internally flawless or flawless": "clarity=IF&clarity=FL",
    "GVS1": "colour=G&clarity=VS1",
    "1.01GVS1": "ct=1.01&colour=G&clarity=VS1",
    "H-VS2": "colour=H&clarity=VS2",
    "colour G clarity VS1": "colour=G&clarity=VS1",
    # fancy colours
    "fancy yellow": "colour=Yellow",
    "fancy": "colour=Fancy",
    "fancy vivid pink": "colour=Pink&intensity=Fancy Vivid",
    "vivid blue 1ct": "colour=Blue&intensity=Fancy Vivid&ct=1.00-1.49",
    "FIY 1.00": "colour=Yellow&intensity=Fancy Intense&ct=1.00",
    "fancy deep brownish orange": "colour=Orange&intensity=Fancy Deep&overtone=Brownish",
    "light pink": "colour=Pink&intensity=Light",
    "fancy light yellow radiant": (
        "colour=Yellow&intensity=Fancy Light&shape=Radiant&shape=Square Radiant"
    ),
    # make
    "3ex": EX3,
    "triple excellent": EX3,
    "EX EX EX": EX3,
    "EX/EX/VG": "cut=Excellent&polish=Excellent&symmetry=Very Good",
    "EX": EX3,
    "oval EX": f"shape=Oval&{EX2}",
    "ex cut": "cut=Excellent",
    "cut ex polish vg": "cut=Excellent&polish=Very Good",
    "cut: EX+": "cut=8X-Excellent",
    "VG+ symmetry": "symmetry=8X-Very Good",
    "3vg+": "cut=8X-Very Good&polish=8X-Very Good&symmetry=8X-Very Good",
    "2ex pear": f"{EX2}&shape=Pear",
    "ideal cut": "cut=Ideal",
    "good or better polish": "polish=8X-Good",
    "hearts and arrows": "hearts=Yes",
    # fluorescence
    "none": "fluorescence=None",
    "no fluorescence": "fluorescence=None",
    "NF": "fluorescence=None",
    "faint": "fluorescence=Faint",
    "none to faint": "fluorescence=None&fluorescence=Faint",
    "medium blue": "fluorescence=Medium&fluorescence_colour=Blue",
    "strong blue fluorescence": "fluorescence=Strong&fluorescence_colour=Blue",
    "fluor none": "fluorescence=None",
    "stg": "fluorescence=Strong",
    # reports
    "GIA": "lab=GIA",
    "GIA or IGI": "lab=GIA&lab=IGI",
    "no cert": "lab=none",
    "certified": "lab=any",
    # prices
    "under 8k": "total=-8000",
    "<$5000/ct": "ppc=-5000",
    "5000-6000 per carat": "ppc=5000-6000",
    "4500 to 5200 ppc 1.00 d if": "ppc=4500-5200&ct=1.00&colour=D&clarity=IF",
    "$10,000-$15,000": "total=10000-15000",
    "total 5k-8k": "total=5000-8000",
    "budget 20k": "total=-20000",
    "max $1.2m": "total=-1200000",
    "price under 3000": "total=-3000",
    "up to 900 p/c": "ppc=-900",
    # proportions and measurements
    "table 57-60 depth 60-62.5": "table=57-60&depth=60-62.5",
    "depth <63%": "depth=-63",
    "ratio 1.35-1.45": "ratio=1.35-1.45",
    "6.4-6.6mm round": "length=6.4-6.6&shape=Round",
    "crown angle 34-35 pavilion angle 40.6-41": "crown_angle=34-35&pavilion_angle=40.6-41",
    "medium girdle": "girdle_min=Medium&girdle_max=Medium",
    "no culet": "culet=None",
    # what suppliers say
    "no bgm eye clean": "shade=None&milky=None&eye_clean=Yes",
    "no milky": "milky=None",
    "milky none": "milky=None",
    "no black no brown": "black=None&shade=None",
    "untreated": "treatment=None&treatment=Not said",
    # growth, goods, the rest
    "lab grown 2ct D-F VVS+ IGI": "growth=lab-grown&ct=2.00-2.99&colour=D-F&clarity=FL-VVS2&lab=IGI",
    "natural or lab grown oval": "growth=both&shape=Oval",
    "lab-grown round": "growth=lab-grown&shape=Round",
    "pair 0.50 G VS": "goods=pair&ct=0.50&colour=G&clarity=VS",
    "parcel 0.01-0.02": "goods=parcel&ct=0.01-0.02",
    "with video in india": "media=video&country=India",
    "hong kong memo": "country=Hong Kong&availability=On memo",
    "last 7 days cheapest": "days=7&sort=ppc",
    "new today": "days=1",
    "confirmed today": "confirmed=1",
    "confirmed 3 days round": "shape=Round&confirmed=3",
    "I am looking for 1ct": "ct=1.00-1.49",
    # what is not wanted
    "not round": "shape=not Round",
    "excl. round": "shape=not Round",
    "without oval": "shape=not Oval",
    "no rounds": "shape=not Round",
    "non-round": "shape=not Round",
    "-round": "shape=not Round",
    "round excluded": "shape=not Round",
    "w/o round": "shape=not Round",
    "I don’t want a round": "shape=not Round",
    "not round or oval": "shape=not Round/Oval",
    "not round/oval 1ct": "shape=not Round/Oval&ct=1.00-1.49",
    "no round and no oval": "shape=not Round/Oval",
    "not GIA": "lab=not GIA",
    "round but not GIA": "shape=Round&lab=not GIA",
    "other than GIA": "lab=not GIA",
    "D-H not E": "colour=D&colour=F-H",
    "not D-F": "colour=G-Z&colour=Fancy",
    "not fancy": "colour=D-Z",
    "not VS2 or SI1": "clarity=FL-VS1&clarity=SI2-I3",
    "no I1": "clarity=FL-SI3&clarity=I2-I3",
    "cut not ex": "cut=not Excellent",
    "no strong or medium fluorescence": "fluorescence=not Strong/Medium",
    "not lab grown oval": "growth=natural&shape=Oval",
    "not natural": "growth=lab-grown",
    "no pairs": "goods=single",
    "no memo": "availability=Guaranteed available&availability=Subject to prior sale",
    "not available": "availability=Not available",
    "without fluorescence": "fluorescence=None",
    "excl. fluorescence": "fluorescence=None",
    "no fluor": "fluorescence=None",
    "no": "fluorescence=None",
    "1.01 G VS1 EX EX EX NO": f"ct=1.01&colour=G&clarity=VS1&{EX3}&fluorescence=None",
    "without milky": "milky=None",
    "without report": "lab=none",
    "Excl. Excl. Excl. none": f"{EX3}&fluorescence=None",
    "G VS1 excl": f"colour=G&clarity=VS1&{EX3}",
    "not more than 2ct": "ct=-2.00",
    "not less than 5000": "total=5000-",
    "no less than $50": "total=50-",
    # money is never a weight
    "under $0": "total=-0",
    "$0": "total=0",
    "under $5,000": "total=-5000",
    "< 5k": "total=-5000",
    "under 5 k": "total=-5000",
    "under $5 k": "total=-5000",
    "under 1 K VS1": "ct=-1.00&colour=K&clarity=VS1",
    "below 3000/ct": "ppc=-3000",
    "under 20 $/ct": "ppc=-20",
    "50$ per carat": "ppc=50",
    "$50": "total=50",
    "50$": "total=50",
    "under 50 $": "total=-50",
    "US$50": "total=50",
    "usd 50": "total=50",
    "under 50 dollars": "total=-50",
    "5-9$": "total=5-9",
    "from $5 to $9": "total=5-9",
    "under 2 million": "total=-2000000",
    "over 5 thousand": "total=5000-",
    # names of stones
    "GIA 2141438171": "number=2141438171",
    "GIA:2141438171, IGI LG1234567": "number=2141438171,LG1234567",
    "2141438171 2141438172\n2141438173": "number=2141438171,2141438172,2141438173",
    "TB-12": "number=TB-12",
    "AG/0045; TB-12": "number=AG/0045,TB-12",
    "report no. 2141438171": "number=2141438171",
    "LG1234567 oval": "number=LG1234567&shape=Oval",
}  # fmt: skip


def meant(query: str) -> Filter:
    """The filter that a test spells out."""
    pairs = [pair.partition("=") for pair in query.split("&")]
    wanted, left = from_query(urlencode([(name, value) for name, _, value in pairs]))
    assert not left, left
    return wanted


def understood(phrase: str) -> tuple[Filter, list[str]]:
    wanted, left = from_query(urlencode({"q": phrase}))
    return wanted, [word.text for word in left]


def test_the_corpus_has_more_than_a_hundred_phrases() -> None:
    assert len(LIKED) >= 120


@pytest.mark.parametrize("phrase", LIKED)
def test_a_phrase_becomes_its_filter(phrase: str) -> None:
    wanted, left = understood(phrase)
    assert (wanted.to_query(), left) == (meant(LIKED[phrase]).to_query(), NONE)


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("sparkling 1ct", ["sparkling"]),
        ("hello world", ["hello", "world"]),
        ("G VS shiny", ["shiny"]),
        ("2-1 ct", ["2-1ct"]),
        ("€50", ["€50"]),
        ("under 50 eur", ["<50€"]),
    ],
)
def test_what_is_not_understood_is_told(phrase: str, left: list[str]) -> None:
    assert understood(phrase)[1] == left


@pytest.mark.parametrize(
    ("phrase", "query", "left"),
    [
        ("CVD round", "growth=lab-grown&shape=Round", ["CVD"]),
        ("round -25 1.00", "shape=Round&ct=1.00", ["-25"]),
        ("oval in Mumbai", "shape=Oval&country=India", ["Mumbai"]),
        ("supplier Kiran Gems, oval", "shape=Oval", ["supplier Kiran Gems"]),
        ("round mine of origin Botswana", "shape=Round", ["mine of origin Botswana"]),
    ],
)
def test_what_no_filter_can_ask_for_is_named_beside_what_was_not_understood(
    phrase: str, query: str, left: list[str]
) -> None:
    wanted, told = understood(phrase)
    assert (wanted.to_query(), told) == (meant(query).to_query(), left)


@pytest.mark.parametrize(
    ("phrase", "query", "left"),
    [
        # Two of a kind side by side: whether the second is wanted is not told.
        ("not round oval", "", ["not round oval"]),
        ("not round, oval", "", ["not round oval"]),
        ("no rounds or GIA", "", ["no rounds or GIA"]),
        ("without GIA and milky none", "", ["without GIA and milky none"]),
        # In a pasted line the word may belong to the column before it.
        ("EX EX NO GIA", EX2, ["NO GIA"]),
        ("excl GIA", "", ["excl GIA"]),
        ("excl round", "", ["excl round"]),
        # What no filter can leave out.
        ("not india", "", ["not india"]),
        ("round not from india", "shape=Round", ["not from india"]),
        ("no video", "", ["no video"]),
        ("not 3x", "", ["not 3x"]),
        ("not EX", "", ["not EX"]),
        ("not strong blue", "", ["not strong blue"]),
        ("no blue fluorescence", "", ["no blue fluorescence"]),
        ("not 1ct", "", ["not 1ct"]),
        ("not 2141438171", "", ["not 2141438171"]),
        ("not sparkling round", "shape=Round", ["not sparkling"]),
        ("round not round", "shape=Round", ["not round"]),
        ("round not", "shape=Round", ["not"]),
    ],
)
def test_a_negation_is_understood_or_told_and_never_turned_round(
    phrase: str, query: str, left: list[str]
) -> None:
    wanted, told = understood(phrase)
    assert (wanted.to_query(), told) == (meant(query).to_query() if query else "", left)


@pytest.mark.parametrize("negation", ["not", "without", "excluding", "except", "other than", "non"])
@pytest.mark.parametrize("shape", ["round", "oval", "pears", "emerald cut", "heart shape", "marquise"])
def test_no_negated_shape_is_ever_among_what_is_shown(negation: str, shape: str) -> None:
    (wanted,) = understood(shape)[0].shape
    barred, left = understood(f"{negation} {shape} 1ct")
    assert left == NONE
    assert wanted not in barred.shape
    assert len(barred.shape) == len(CHOICES["shape"].values) - 1


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        (
            "1.0-1.2 G VS GIA EX none",
            "1.00–1.20 ct, G, VS1–VS2, cut, polish and symmetry Excellent, GIA, no fluorescence",
        ),
        ("rd 1ct+ D-F IF-VVS2", "Round, from 1.00 ct, D–F, IF–VVS2"),
        ("2.01 pear fancy intense yellow", "Pear, 2.01 ct, Yellow, Fancy Intense"),
        ("<8000 total", "up to $8,000"),
        ("4000-5000 ppc", "$4,000–$5,000 per carat"),
        ("lab grown oval 2ex", "lab-grown, Oval, polish and symmetry Excellent"),
        ("TB-12 2141438171", "number TB-12, 2141438171"),
        ("no bgm table 57-60", "table 57–60 %, shade None, milky None"),
        ("fancy", "fancy colours"),
        ("not round", "not Round"),
        ("not round or oval 1.00ct", "not Round, Oval, 1.00 ct"),
        ("no strong fluorescence", "fluorescence not Strong"),
        ("D-H not E", "D, F–H"),
        ("not lab grown", ""),
        ("under $0", "up to $0"),
        ("", ""),
    ],
)
def test_a_phrase_is_said_back_in_words(phrase: str, words: str) -> None:
    assert echo(understood(phrase)[0]) == words


def test_a_phrase_leaves_alone_what_it_does_not_speak_of() -> None:
    wanted, left = from_query(urlencode({"shape": "Oval", "colour": "D", "q": "G VS1"}))
    assert (wanted, len(left)) == (meant("shape=Oval&colour=G&clarity=VS1"), 0)


def test_hundreds_of_pasted_numbers_are_read() -> None:
    numbers = [f"{2_141_000_000 + place}" for place in range(501)]
    wanted, left = understood("\n".join(numbers))
    assert (wanted.number, left) == (tuple(numbers[:500]), numbers[500:])


@given(st.text(max_size=120))
def test_any_text_is_read_or_told(text: str) -> None:
    wanted, _ = from_query(urlencode({"q": text}))
    assert from_query(wanted.to_query()) == (wanted, [])


@given(st.lists(st.sampled_from([*LIKED, "%", "<", "$", "1.", "--", "+", "5-", "k"]), max_size=6))
def test_any_words_in_any_order_are_read(phrases: list[str]) -> None:
    said = read(" ".join(phrases))
    assert Filter(**said.parts).to_query() == Filter(**said.parts).on_page(1).to_query()
