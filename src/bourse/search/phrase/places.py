"""Cities and states in which the trade sits, and how people write them."""

_CITIES: dict[str, dict[str, tuple[str, ...]]] = {
    "United States": {
        "New York": ("nyc", "new york city", "47th street"),
        "Los Angeles": (),
        "Chicago": (),
        "Miami": (),
        "Dallas": (),
        "Houston": (),
        "Boston": (),
        "San Francisco": (),
        "Las Vegas": (),
        "Philadelphia": (),
        "Atlanta": (),
    },
    "India": {
        "Mumbai": ("bombay", "bkc", "bdb"),
        "Surat": (),
        "Jaipur": (),
        "Delhi": ("new delhi",),
        "Ahmedabad": (),
        "Kolkata": ("calcutta",),
        "Chennai": (),
        "Bangalore": ("bengaluru",),
    },
    "Israel": {"Ramat Gan": ("ramat-gan", "ramatgan"), "Tel Aviv": ("tel-aviv",)},
    "Belgium": {"Antwerp": ("antwerpen", "anvers"), "Brussels": ()},
    "United Arab Emirates": {"Dubai": ("dmcc",)},
    "China": {"Shanghai": (), "Shenzhen": (), "Beijing": (), "Guangzhou": ()},
    "United Kingdom": {"London": ("hatton garden",), "Birmingham": ()},
    "France": {"Paris": ()},
    "Italy": {"Milan": ("milano",)},
    "Switzerland": {"Geneva": (), "Zurich": ("zürich",)},
    "Netherlands": {"Amsterdam": ()},
    "Germany": {"Idar-Oberstein": ()},
    "Thailand": {"Bangkok": ()},
    "Japan": {"Tokyo": ()},
    "Taiwan": {"Taipei": ()},
    "Australia": {"Sydney": (), "Melbourne": ()},
    "Canada": {"Toronto": (), "Montreal": (), "Vancouver": ()},
    "South Africa": {"Johannesburg": ("joburg",)},
    "Botswana": {"Gaborone": ()},
    "Turkey": {"Istanbul": ()},
}

CITIES: dict[str, str] = {
    spelling: city
    for cities in _CITIES.values()
    for city, others in cities.items()
    for spelling in (city.casefold(), *others)
}
"""Spellings of cities, each with the city's one name."""

COUNTRY_OF: dict[str, str] = {city: country for country, cities in _CITIES.items() for city in cities}

STATES: dict[str, str] = {
    state.casefold(): state
    for state in (
        *("California", "Texas", "Florida", "Illinois", "New Jersey", "Massachusetts", "Pennsylvania"),
        *("Nevada", "Arizona", "Ohio", "Michigan", "Maharashtra", "Gujarat", "Rajasthan", "Ontario"),
        *("Quebec", "British Columbia", "New South Wales", "Queensland"),
    )
}

SHORT_COUNTRIES = {"uk": "United Kingdom", "hk": "Hong Kong"}
"""Two letters that say nothing else in this trade."""

MINED_IN = (
    *("Botswana", "Canada", "South Africa", "Namibia", "Russia", "Angola", "Lesotho", "Zimbabwe"),
    *("Sierra Leone", "DR Congo", "Australia", "Brazil"),
)
