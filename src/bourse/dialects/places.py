"""Names of places as stock files write them: where stones are offered, and where they were mined."""

COUNTRIES = frozenset(
    {
        "usa", "us", "u.s.a", "u.s", "united states", "united states of america", "india", "ind", "in",
        "israel", "isr", "il", "belgium", "bel", "be", "hong kong", "hongkong", "hk", "hkg", "uae", "u.a.e",
        "united arab emirates", "dubai", "china", "cn", "united kingdom", "uk", "gb", "england", "thailand",
        "japan", "jp", "singapore", "sg", "switzerland", "ch", "germany", "de", "france", "fr", "italy",
        "it", "netherlands", "nl", "spain", "turkey", "taiwan", "south korea", "korea", "australia",
        "canada", "south africa", "new zealand", "mexico", "brazil", "armenia", "sri lanka", "lebanon",
        "austria",
    }
)  # fmt: skip
STATES = frozenset(
    {
        "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware",
        "florida", "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky",
        "louisiana", "maine", "maryland", "massachusetts", "michigan", "minnesota", "mississippi",
        "missouri", "montana", "nebraska", "nevada", "new hampshire", "new jersey", "new mexico",
        "new york", "north carolina", "north dakota", "ohio", "oklahoma", "oregon", "pennsylvania",
        "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah", "vermont",
        "virginia", "washington", "west virginia", "wisconsin", "wyoming", "ny", "nj", "ca", "il", "tx",
        "fl", "ma", "pa", "oh", "mi", "ga", "wa", "co", "az", "nv", "ct", "ontario", "quebec",
        "british columbia", "alberta", "maharashtra", "gujarat", "rajasthan", "new south wales", "victoria",
        "queensland",
    }
)  # fmt: skip
CITIES = frozenset(
    {
        "new york", "nyc", "ny", "los angeles", "la", "chicago", "miami", "dallas", "houston", "boston",
        "san francisco", "las vegas", "philadelphia", "atlanta", "mumbai", "bombay", "surat", "jaipur",
        "delhi", "new delhi", "ahmedabad", "kolkata", "chennai", "bangalore", "ramat gan", "ramat-gan",
        "tel aviv", "tel-aviv", "antwerp", "antwerpen", "brussels", "hong kong", "kowloon", "shenzhen",
        "shanghai", "beijing", "guangzhou", "dubai", "london", "birmingham", "paris", "milan", "geneva",
        "zurich", "amsterdam", "idar-oberstein", "bangkok", "singapore", "tokyo", "taipei", "sydney",
        "melbourne", "toronto", "montreal", "vancouver", "johannesburg", "istanbul", "moscow", "gaborone",
    }
)  # fmt: skip
MINED_IN = COUNTRIES | frozenset(
    {
        "botswana", "russia", "russian federation", "namibia", "angola", "lesotho", "sierra leone", "congo",
        "dr congo", "drc", "democratic republic of the congo", "tanzania", "zimbabwe", "guinea", "liberia",
        "ghana", "guyana", "venezuela", "indonesia", "africa", "siberia", "yakutia",
    }
)  # fmt: skip
"""Where diamonds are mined, beside the countries where they are offered."""
