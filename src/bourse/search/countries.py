"""Countries as the trade writes them: one name for all the spellings of one place."""

_SPELLINGS = {
    "Angola": ("ao",),
    "Armenia": ("am", "arm"),
    "Australia": ("au", "aus"),
    "Austria": ("at",),
    "Belgium": ("be", "bel", "belgie", "antwerp"),
    "Botswana": ("bw",),
    "Brazil": ("br",),
    "Canada": ("ca", "can"),
    "China": ("cn", "chn", "prc"),
    "France": ("fr",),
    "Germany": ("de", "deutschland"),
    "Greece": ("gr",),
    "Hong Kong": ("hk", "hkg", "hongkong", "hong kong sar"),
    "India": ("in", "ind", "bharat"),
    "Israel": ("il", "isr"),
    "Italy": ("it",),
    "Japan": ("jp", "jpn"),
    "Lebanon": ("lb",),
    "Lesotho": ("ls",),
    "Malaysia": ("my",),
    "Mexico": ("mx",),
    "Namibia": ("na",),
    "Netherlands": ("nl", "holland"),
    "New Zealand": ("nz",),
    "Philippines": ("ph",),
    "Poland": ("pl",),
    "Portugal": ("pt",),
    "Russia": ("ru", "rus", "russian federation"),
    "Sierra Leone": ("sl",),
    "Singapore": ("sg", "sgp"),
    "South Africa": ("za", "rsa"),
    "South Korea": ("kr", "korea"),
    "Spain": ("es",),
    "Sri Lanka": ("lk",),
    "Switzerland": ("ch", "che"),
    "Taiwan": ("tw",),
    "Thailand": ("th", "tha"),
    "Turkey": ("tr", "türkiye", "turkiye"),
    "United Arab Emirates": ("ae", "are", "uae", "u.a.e", "dubai"),
    "United Kingdom": ("gb", "uk", "england", "great britain"),
    "United States": ("us", "usa", "u.s", "u.s.a", "united states of america", "america"),
    "Vietnam": ("vn", "viet nam"),
    "Zimbabwe": ("zw",),
}
NAMES = {
    spelling: name for name, spellings in _SPELLINGS.items() for spelling in (name.casefold(), *spellings)
}


def country_of(text: str) -> str:
    """The country's one name; a text that names none that we know is left as it is."""
    plain = " ".join(text.split())
    return NAMES.get(plain.casefold().rstrip("."), plain)
