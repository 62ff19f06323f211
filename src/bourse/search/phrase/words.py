"""The words of the phrase box: what they say of which parameter."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bourse.dialects.dictionary import fold, standard
from bourse.search.choice import Choice, Values
from bourse.search.countries import NAMES
from bourse.search.measures import Range
from bourse.search.phrase import doubts
from bourse.search.phrase.places import CITIES, SHORT_COUNTRIES, STATES
from bourse.search.phrase.programmes import BRANDS, PROVENANCES
from bourse.search.scales import (
    AVAILABLE,
    CHOICES,
    CLARITIES,
    GLOWS,
    LABORATORIES,
    Asked,
    Goods,
    Growing,
    Media,
    Sort,
    YesNo,
)
from bourse.vocabulary import (
    Availability,
    BlackInclusion,
    Clarity,
    Colour,
    CuletSize,
    EyeClean,
    FluorescenceIntensity,
    Laboratory,
    Make,
    Milky,
    Shade,
    Shape,
    Treatment,
)

Said = Mapping[str, Any]
MAKES = ("cut", "polish", "symmetry")
FINISH = ("polish", "symmetry")

FACET_NAMES = {
    "cut": "cut", "polish": "polish", "pol": "polish", "symmetry": "symmetry", "sym": "symmetry",
    "symm": "symmetry", "cut grade": "cut", "fluorescence": "fluorescence", "fluor": "fluorescence",
    "fluo": "fluorescence", "flour": "fluorescence", "fluorescent": "fluorescence",
    "flr": "fluorescence", "fluoro": "fluorescence",
    "fluorescence intensity": "fluorescence", "fluor intensity": "fluorescence",
    "fluorescence colour": "fluorescence_colour", "fluorescence color": "fluorescence_colour",
    "shade": "shade", "tinge": "shade", "milky": "milky", "milk": "milky", "black": "black",
    "black inclusion": "black", "black inclusions": "black", "culet": "culet", "culet size": "culet",
    "culet condition": "culet_condition", "lab": "lab", "labs": "lab", "grading lab": "lab",
    "clarity": "clarity", "colour": "colour", "color": "colour", "col": "colour",
    "fancy colour": "colour", "fancy color": "colour", "intensity": "intensity",
    "fancy intensity": "intensity", "fancy colour intensity": "intensity", "overtone": "overtone",
    "fancy color intensity": "intensity", "color intensity": "intensity",
    "colour intensity": "intensity", "fancy overtone": "overtone", "fancy color overtone": "overtone",
    "shape": "shape", "treatment": "treatment", "enhancement": "treatment", "make": "make",
    "finish": "finish", "polish and symmetry": "finish", "polish symmetry": "finish",
    "pol sym": "finish", "pol and sym": "finish", "cut polish symmetry": "make", "cut pol sym": "make",
    "cut polish and symmetry": "make", "girdle": "girdle", "availability": "availability",
    "hearts and arrows": "hearts", "separable": "separable",
}  # fmt: skip
"""A facet's own name, before or behind its value."""

MEASURE_NAMES = {
    "table": "table", "tbl": "table", "tb": "table", "table width": "table", "table size": "table",
    "depth": "depth", "total depth": "depth", "td": "depth", "dp": "depth", "ratio": "ratio",
    "l/w": "ratio", "lw": "ratio", "l/w ratio": "ratio", "l:w": "ratio", "length to width": "ratio",
    "length": "length", "diameter": "length", "diam": "length", "dia": "length", "width": "width",
    "height": "height", "crown angle": "crown_angle", "ca": "crown_angle", "cr angle": "crown_angle",
    "crown ang": "crown_angle", "pavilion angle": "pavilion_angle", "pa": "pavilion_angle",
    "pav angle": "pavilion_angle", "pavilion ang": "pavilion_angle", "crown height": "crown_height",
    "cr height": "crown_height", "ch": "crown_height", "crown": "crown_angle",
    "pavilion": "pavilion_angle", "pav": "pavilion_angle", "pavilion depth": "pavilion_depth",
    "pav depth": "pavilion_depth", "pd": "pavilion_depth", "star": "star", "star length": "star",
    "lower half": "lower_half", "lower halves": "lower_half", "lower girdle": "lower_half",
    "girdle percent": "girdle", "girdle": "girdle", "ct": "ct", "carat": "ct", "carats": "ct",
    "carat weight": "ct", "total carat weight": "ct", "total weight": "ct", "weight": "ct", "size": "ct",
    "cts": "ct", "total": "total", "tot": "total", "altogether": "total", "total price": "total",
    "price total": "total", "asking price total": "total", "budget": "total", "price": "total",
    "asking price": "total", "cost": "total", "total amount": "total", "amount": "total", "usd": "total",
    "dollars": "total", "ppc": "ppc", "price ppc": "ppc", "asking price ppc": "ppc", "ask ppc": "ppc",
    "mm": "length",
}  # fmt: skip

IGNORED = frozenset(
    {
        "&", "-", "/", "a", "all", "an", "and", "any", "are", "ask", "asks", "at", "but", "buy",
        "buyer", "buying", "clarity", "color", "colour", "diamond", "diamonds", "do", "find", "for",
        "from", "grade", "graded", "i'm", "in", "is", "looking", "loose", "me", "need", "of", "offer",
        "offers", "only", "or", "our", "please", "required", "search", "shape", "shaped", "shapes",
        "show", "size", "stone", "stones", "the", "to", "want", "wanted", "we", "with", "wtb", "carat",
        "carats", "colors", "colours", "countries", "country", "each", "goods", "grades", "labs",
        "lxw", "lxwxd", "lxwxh", "anything", "something", "located", "location", "measurement",
        "measurements", "meas", "weight", "l/w",
    }
)  # fmt: skip

NEGATIONS = (
    *("not", "no", "non", "nor", "without", "except", "excluding", "exclude", "excludes", "excepting"),
    *("avoid", "avoiding", "minus", "don't", "dont", "aren't", "isn't", "other than", "anything but"),
)
"""What turns what follows into what is not wanted."""

EXCLUDING = "excl."  # of "excluding" as of "excellent": without its stop it is the grade
WEAK_NEGATIONS = ("no", "non")  # in a pasted line of stock they say "no fluorescence"
NOTHING = frozenset({"none", "no", "non", "nil"})  # the value of a facet that says: not at all
JOINERS = frozenset({"or", "and", "&", "nor"})

_UNTREATED = CHOICES["treatment"].groups["untreated"]
_TREATED = tuple(value for value in Treatment if value is not Treatment.NONE)
_NO_FLUORESCENCE = {"fluorescence": (FluorescenceIntensity.NONE,)}
_NO_BGM = {"shade": (Shade.NONE,), "milky": (Milky.NONE,)}
_WITHOUT_REPORT = {"lab": CHOICES["lab"].groups["none"]}
_LAB_GROWN = {"growth": Growing.LAB_GROWN}
_FANCY_SHAPES: Values = tuple(shape for shape in Shape if shape is not Shape.ROUND)
_CUSHIONS = (Shape.CUSHION, Shape.CUSHION_BRILLIANT, Shape.CUSHION_MODIFIED)
_NOT_FAINTER = (FluorescenceIntensity.NONE, FluorescenceIntensity.FAINT)

_HALVES = "half carat|half a carat|half ct|1/2 carat|1/2 ct|1/2ct"
_PHRASES: dict[str, Said] = {
    "natural": {"growth": Growing.NATURAL},
    "mined": {"growth": Growing.NATURAL},
    "nat": {"growth": Growing.NATURAL},
    "lab grown|labgrown|lab-grown|lab created|lab diamond|lgd|lg|synthetic|cvd hpht|cvd or hpht|"
    "cvd and hpht|man made|manmade": _LAB_GROWN,
    "cvd|lab grown cvd|cvd lab grown": {**_LAB_GROWN, "process": ("CVD",)},
    "hpht grown|lab grown hpht|hpht lab grown": {**_LAB_GROWN, "process": ("HPHT",)},
    "natural and lab grown|natural or lab grown|natural & lab|natural and lab|both growths": {
        "growth": Growing.BOTH
    },
    "no fl|no flr|no fluoro|"
    "no fluorescence|no fluor|no fluo|no flour|no fluorescent|non fluorescent|nf|nonfluor|"
    "none fluorescence|inert": _NO_FLUORESCENCE,
    "no bgm|nobgm|non bgm|bgm none|no shade no milky": _NO_BGM,
    "no milky|non milky|not milky|no milk": {"milky": (Milky.NONE,)},
    "no shade|no tinge|no brown|no green|no tint": {"shade": (Shade.NONE,)},
    "no black|no blacks|no black inclusions|no black inclusion": {"black": (BlackInclusion.NONE,)},
    "eye clean|eyeclean|eye-clean|100% eye clean|eyeclean 100%|eye clean yes|eye clean y": {
        "eye_clean": (EyeClean.YES,)
    },
    "no culet|pointed culet": {"culet": (CuletSize.NONE,)},
    "no cert|non cert|noncert|uncertified|uncert|no report|without report|without certificate|"
    "without lab report|show without lab|"
    "no certificate|not certified": _WITHOUT_REPORT,
    "certified|with cert|with report|any lab|certs|cert|certificate": {"lab": LABORATORIES},
    "untreated|no treatment|not treated|non treated": {"treatment": _UNTREATED},
    "treated": {"treatment": _TREATED},
    "treated color|treated colour|color treated|colour treated|color enhanced|colour enhanced": {
        "treatment": (Treatment.COLOR_ENHANCED,)
    },
    "coated": {"treatment": (Treatment.COATED,)},
    _HALVES: {"ct": (Range(50, 69),)},
    "laser drilled|laser-drilled|drilled|laser drill|laser drilling": {
        "treatment": (Treatment.LASER_DRILLED,)
    },
    "clarity enhanced|fracture filled": {"treatment": (Treatment.CLARITY_ENHANCED,)},
    "hpht treated": {"treatment": (Treatment.HPHT,)},
    "irradiated": {"treatment": (Treatment.IRRADIATED,)},
    "hearts and arrows|h&a|hearts & arrows|hearts arrows": {"hearts": (YesNo.YES,)},
    "with video|video|videos|360 video|v360|3d|3-d|3d viewer|3-d viewer": {"media": (Media.VIDEO,)},
    "with image|with images|image|images|photo|photos|picture|pictures|with picture|with photo": {
        "media": (Media.IMAGE,)
    },
    "with certificate file|cert file|report file|with cert file": {"media": (Media.CERTIFICATE,)},
    "pair|pairs|matched pair|matched pairs|matching pair|matching pairs|matching|matched": {
        "goods": (Goods.PAIR,)
    },
    "parcel|parcels|lot|lots": {"goods": (Goods.PARCEL,)},
    "separable": {"separable": (YesNo.YES,)},
    "non separable|not separable|inseparable|non-separable": {"separable": (YesNo.NO,)},
    "on hold|hold|held|reserved": {"status": ("On hold",)},
    "sold": {"status": ("Sold",)},
    "consignment|on consignment": {"status": ("Consignment",)},
    "single|singles|single stone|single stones": {"goods": (Goods.SINGLE,)},
    "with price|priced|with ask": {"ask": (Asked.GIVEN,)},
    "no price|no ask|price on request|without price": {"ask": (Asked.NONE,)},
    "on memo|memo": {"availability": (Availability.MEMO,)},
    "guaranteed|guaranteed available": {"availability": (Availability.GUARANTEED,)},
    "available|in stock|instock": {"availability": AVAILABLE},
    "subject to prior sale|stps": {"availability": (Availability.SUBJECT_TO_PRIOR_SALE,)},
    "river": {"colour": (Colour.D, Colour.E)},
    "top wesselton": {"colour": (Colour.F, Colour.G)},
    "wesselton": {"colour": (Colour.H,)},
    "top crystal": {"colour": (Colour.I,)},
    "top cape": {"colour": (Colour.K, Colour.L)},
    "p1|pk1|pique 1|piqué 1|included 1": {"clarity": (Clarity.I1,)},
    "p2|pk2|pique 2|piqué 2|included 2": {"clarity": (Clarity.I2,)},
    "p3|pk3|pique 3|piqué 3|included 3": {"clarity": (Clarity.I3,)},
    "pique|piqué": {"clarity": (Clarity.I1, Clarity.I2, Clarity.I3)},
    "old mine|old mine cut|omc|old miner": {"shape": (Shape.OLD_MINER,)},
    "old european|old european cut|oec|euro cut": {"shape": (Shape.EUROPEAN_CUT,)},
    "colorless|colourless": {"colour": tuple(Colour)[:3]},
    "near colorless|near colourless": {"colour": tuple(Colour)[3:7]},
    "cushion|cushions|cu|cush|cushion cut": {"shape": _CUSHIONS},
    "cushion mod brilliant|cushion modified brilliant|modified cushion brilliant|cushion mod|"
    "cush mod|cushion modified|modified cushion|cmb": {"shape": (Shape.CUSHION_MODIFIED,)},
    "cushion brilliant|cush brilliant|brilliant cushion": {"shape": (Shape.CUSHION_BRILLIANT,)},
    "radiant|radiants|rad|radiant cut|ra": {"shape": (Shape.RADIANT, Shape.SQUARE_RADIANT)},
    "fancy shape|fancy shapes|fancies": {"shape": _FANCY_SHAPES},
    "none or faint|non-faint|n-f": {"fluorescence": _NOT_FAINTER},
    "flawless": {"clarity": (Clarity.FL,)},
    "very very slightly included": {"clarity": CLARITIES["vvs"]},
    "very slightly included": {"clarity": CLARITIES["vs"]},
    "slightly included": {"clarity": CLARITIES["si"]},
    "internally flawless|loupe clean|lc": {"clarity": (Clarity.IF,)},
    "new today|today|listed today": {"days": 1},
    "confirmed today": {"confirmed": 1},
    "confirmed this week": {"confirmed": 7},
    "this week|new this week|past week|last week": {"days": 7},
    "this month|past month|last month": {"days": 30},
    "cheapest|cheapest first|lowest price|lowest first": {"sort": Sort.PRICE_PER_CARAT},
    "newest|newest first|latest": {"sort": Sort.NEWEST},
    "largest|largest first|biggest|biggest first": {"sort": Sort.WEIGHT_FALLING},
    "triple ex|triple excellent|triple x|3ex|3x|xxx|3xex|3 ex|3 x|ex ex ex|3excellent": dict.fromkeys(
        MAKES, (Make.EXCELLENT,)
    ),
    "triple vg|triple very good|3vg|3 vg": dict.fromkeys(MAKES, (Make.VERY_GOOD,)),
    "3vg+|triple vg+|3vg up": dict.fromkeys(MAKES, CHOICES["cut"].better((Make.VERY_GOOD,))),
    "3ex+": dict.fromkeys(MAKES, CHOICES["cut"].better((Make.EXCELLENT,))),
    "ags 000|ags000": {"lab": (Laboratory.AGS,), **dict.fromkeys(MAKES, (Make.IDEAL,))},
    "triple ideal|3 ideal": dict.fromkeys(MAKES, (Make.IDEAL,)),
    "2ex|double ex|xx": dict.fromkeys(FINISH, (Make.EXCELLENT,)),
    "2vg": dict.fromkeys(FINISH, (Make.VERY_GOOD,)),
    "2vg+": dict.fromkeys(FINISH, CHOICES["cut"].better((Make.VERY_GOOD,))),
}

UNREAD: dict[str, str] = {
    "hpht": doubts.GROWN_OR_TREATED,
    **dict.fromkeys(
        ("de beers", "buy now", "melee", "as soon as possible", "as per", "as well", "as low as"), ""
    ),
}
"""Phrases that are not read, each with what is asked about it."""

DOUBTED: dict[str, str] = {
    "new york": doubts.CITY_OR_STATE,
    **dict.fromkeys(_HALVES.split("|"), doubts.SIZE),
    "canada mark": doubts.PROGRAMME,
    "canadamark": doubts.PROGRAMME,
    "forevermark": doubts.PROGRAMME,
}
"""Phrases that may mean something else than they are read as."""

BEFORE_A_NUMBER = frozenset({"as"})
"""Codes that are common words, and codes only where a number follows."""

_SHORT_COUNTRIES = 3
_NO_SHAPES = frozenset({"other", "star", "square", "fan", "rose", "egg", "shield", "x"})
_SHORT_SHAPES = 2
_SHORT_PLURALS = 4  # "hs" is no plural
_OTHER_WORDS = frozenset(
    {
        *("are", "arm", "ash", "ass", "bag", "bug", "ca", "can", "che", "eu", "fr", "ha", "he", "lab"),
        *("mix", "own", "pc", "pen", "pt", "sh", "tap", "tb"),
    }
)
"""Codes of suppliers' lists that are also words of the language, or of the trade for something else."""
_GLOW_LETTERS = {"n": "None", "f": "Faint", "m": "Medium", "s": "Strong"}


@cache
def phrases() -> Mapping[str, Said]:
    """Everything that one to four words say, wherever they stand."""
    return dict(_all_phrases())


def _all_phrases() -> Iterator[tuple[str, Said]]:
    for spelling, country in NAMES.items():
        if len(spelling) >= _SHORT_COUNTRIES and spelling not in _OTHER_WORDS:
            yield spelling, {"country": (country,)}
    yield from _places()
    for spelling, shape in _spellings("shape", "shape", _SHORT_SHAPES):
        if spelling not in _NO_SHAPES:
            yield spelling, shape
            if len(spelling) >= _SHORT_PLURALS:
                yield f"{spelling}s", shape
            yield f"{spelling} cut", shape
            yield f"{spelling} shape", shape
            yield f"{spelling} brilliant", shape
    yield from _spellings("lab", "lab", _SHORT_SHAPES)
    yield from _spellings("fluorescence", "fluorescence_intensity", _SHORT_SHAPES)
    yield from _spellings("clarity", "clarity", _SHORT_SHAPES)
    yield from _programmes()
    for several, said in _PHRASES.items():
        for phrase in several.split("|"):
            yield phrase, said


def _places() -> Iterator[tuple[str, Said]]:
    for spelling, country in SHORT_COUNTRIES.items():
        yield spelling, {"country": (country,)}
    for spelling, state in STATES.items():
        yield spelling, {"state": (state,)}
    for spelling, city in CITIES.items():
        yield spelling, {"city": (city,)}


def _programmes() -> Iterator[tuple[str, Said]]:
    """Reports of origin and brands; where both have the name it is the brand, and asked."""
    for name, spelt in (("provenance", PROVENANCES), ("brand", BRANDS)):
        for spelling, word in spelt.items():
            yield spelling, {name: (word,)}


def _spellings(name: str, field: str, shortest: int) -> Iterator[tuple[str, Said]]:
    """The words of a facet as the alias dictionary spells them, but for the shortest: those say too much."""
    choice = CHOICES[name]
    known = {fold(str(value)): value for value in choice.values}
    words = {**{word: word for word in known}, **standard().words_of(field)}
    for spelling, word in words.items():
        value = known.get(fold(word))
        if value and value != choice.otherwise and len(spelling) >= shortest and spelling not in _OTHER_WORDS:
            yield spelling, {name: (value,)}


def makes(text: str) -> Values:
    """The grade of make that a word says: ex, vg+, very good; none where it says none."""
    choice: Choice = CHOICES["cut"]
    bare = text.removesuffix("+")
    if bare not in _MAKES:
        return _make_range(choice, text)
    return choice.better((_MAKES[bare],)) if text.endswith("+") else (_MAKES[bare],)


def is_make(text: str) -> bool:
    """Whether a word is a grade of make, or says several of them."""
    return bool(makes(text)) or "polish" in phrases().get(text, {})


def _make_range(choice: Choice, text: str) -> Values:
    best, dash, worst = text.partition("-")
    known = dash and best in _MAKES and worst in _MAKES
    return choice.between((_MAKES[best],), (_MAKES[worst],)) if known else ()


_MAKES: dict[str, Make] = {
    "8x": Make.EIGHT_X,
    **dict.fromkeys(("ideal", "id", "idl"), Make.IDEAL),
    **dict.fromkeys(("ex", "exc", "excl", "excellent"), Make.EXCELLENT),
    **dict.fromkeys(("vg", "vgd", "v.good", "very good", "verygood"), Make.VERY_GOOD),
    **dict.fromkeys(("gd", "good"), Make.GOOD),
    **dict.fromkeys(("fr", "fair"), Make.FAIR),
    "poor": Make.POOR,
}


def glow(letter: str) -> Values:
    """What a lone letter behind colour and clarity says of fluorescence."""
    word = _GLOW_LETTERS.get(letter)
    return (FluorescenceIntensity(word),) if word else ()


def glows(text: str) -> Values:
    """The strengths that words say behind the facet's name: medium, none-faint, medium or stronger."""
    if found := glow_range(text):
        return found
    return () if text[-1:] in "+↓⤓" else CHOICES["fluorescence"].read(text)


def glow_range(text: str) -> Values:
    """Several strengths that words say: none-faint, up to faint, faint or less, medium or stronger."""
    if found := _TO_A_STRENGTH.fullmatch(text):
        return _glows_between("none", found[1] or found[2])
    if found := _FROM_A_STRENGTH.fullmatch(text):
        return _glows_between(found[1], "very strong")
    weakest, dash, strongest = text.partition("-")
    return _glows_between(weakest, strongest) if dash else ()


def _glows_between(weakest: str, strongest: str) -> Values:
    """From one to the other on the scale of GIA; letters are colours as well, so none of them is taken."""
    choice = CHOICES["fluorescence"]
    ends = [choice.read(text.strip()) if len(text.strip()) > 2 else () for text in (weakest, strongest)]
    return tuple(one for one in choice.between(*ends) if one in GLOWS or (one,) in ends)


_TO_A_STRENGTH = re.compile(
    r"(?:up to|upto|max|maximum|no more than|<)\s*([a-z ]+)"
    r"|([a-z ]+?)(?: fluorescence| fluor| fluo)?(?: max| or weaker|⤓)"
)
_FROM_A_STRENGTH = re.compile(r"([a-z ]+?)(?: or stronger| and stronger| or above| to very strong)")
