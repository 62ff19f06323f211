"""The sample's firms. All names are invented; every firm has the habits of some seller of the trade."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firm:
    """A company of the sample market and how it sells."""

    name: str
    city: str
    country: str
    share: float  # of the market's stones
    lab_grown: float  # of its stones
    margin: float  # of its asks over the market's level
    step_dollars: int  # to which it rounds an ask per carat
    guaranteed: float  # of its stones that it holds for certain
    prefix: str  # of its stock numbers
    is_stale: bool = False  # seldom changes an ask

    @property
    def mail_host(self) -> str:
        """A host name that can exist nowhere."""
        return "".join(sign for sign in self.name.casefold() if "a" <= sign <= "z") + ".example"


def _firm(line: str) -> Firm:
    name, city, country, share, lab_grown, margin, step, guaranteed, prefix, *stale = line.split("|")
    return Firm(
        name,
        city,
        country,
        share=float(share),
        lab_grown=float(lab_grown),
        margin=float(margin),
        step_dollars=int(step),
        guaranteed=float(guaranteed),
        prefix=prefix,
        is_stale=bool(stale),
    )


SUPPLIERS = tuple(
    _firm(line)
    for line in """\
Tamarind Brothers|Mumbai|IN|6.0|0.05|0.00|5|0.60|TB-
Neemtree Exports|Mumbai|IN|5.0|0.00|-0.01|5|0.35|N
Kalindi Stoneworks|Mumbai|IN|4.0|0.10|0.01|10|0.50|KSW
Marigold Lane Diamonds|Mumbai|IN|2.5|0.00|0.02|5|0.30|ML/
Banyan Court Traders|Mumbai|IN|2.0|0.00|0.03|10|0.20|BC|stale
Three Anchors Exports|Mumbai|IN|1.6|0.25|-0.02|5|0.45|3A-
Tapti Lantern Makers|Surat|IN|5.5|0.20|-0.03|1|0.70|TLM
Silk Mill Polishers|Surat|IN|4.5|0.35|-0.02|1|0.55|SM
Veshu Road Facets|Surat|IN|3.5|1.00|0.00|1|0.80|VR-
Monsoon Bench|Surat|IN|4.0|1.00|-0.04|1|0.75|MB
Night Loom Growers|Surat|IN|4.2|1.00|0.03|1|0.85|NL-LG-
Copper Wheel Cutters|Surat|IN|2.0|0.10|0.00|5|0.40|CW
Hollow Reed Polish|Surat|IN|1.4|0.00|-0.02|5|0.30|HR
Verstraat and Lume|Antwerp|BE|4.0|0.00|0.02|10|0.55|VL-
Scheldemond Stenen|Antwerp|BE|3.0|0.00|0.01|10|0.50|SCH
Korenbloem Fijnslijp|Antwerp|BE|2.2|0.00|0.04|25|0.60|KF
Four Ferries Trading|Antwerp|BE|1.8|0.05|0.00|10|0.35|FF
Grey Heron Bureau|Antwerp|BE|1.2|0.00|0.05|25|0.40|GH-|stale
Kestrel Row Polished|Ramat Gan|IL|3.5|0.05|0.01|10|0.50|KR
Carob and Daughters|Ramat Gan|IL|2.8|0.00|0.00|10|0.45|C&D-
Levana Well Stones|Ramat Gan|IL|2.2|0.00|0.02|25|0.40|LW
Almond Gate Fancies|Ramat Gan|IL|1.6|0.00|0.06|50|0.65|AGF
Sycamore Tower Deals|Ramat Gan|IL|1.2|0.00|0.03|25|0.25|ST|stale
Halyard and Pike|New York|US|2.8|0.10|0.04|25|0.70|HP
Fulton Lantern Company|New York|US|2.2|0.15|0.05|25|0.65|FLC-
Third Landing Stones|New York|US|1.8|0.30|0.03|25|0.60|TL
Bleecker Oak Partners|New York|US|1.2|0.00|0.07|50|0.55|BO
Lantau Clear Trading|Hong Kong|HK|3.0|0.05|0.02|10|0.50|LC
Junk Harbour Gems|Hong Kong|HK|2.2|0.20|0.01|10|0.45|JH
Nine Kites Jewels|Hong Kong|HK|1.4|0.30|0.02|10|0.35|9K
Tolka Creek Stones|Dubai|AE|2.6|0.05|0.00|10|0.55|TCS
Saffron Quay Trading|Dubai|AE|2.0|0.15|-0.01|5|0.45|SQ
Dhow and Compass|Dubai|AE|1.5|0.10|0.02|10|0.30|DC-
Quill and Tansy|London|GB|1.2|0.00|0.06|50|0.60|QT
Mokoro Bend Polishing|Gaborone|BW|1.6|0.00|-0.01|5|0.70|MOK
Jacaranda Kerf|Johannesburg|ZA|1.2|0.00|0.00|5|0.55|JK
Plum Rain Trading|Shanghai|CN|1.4|0.35|0.00|10|0.40|PR
Khlong Bridge Facets|Bangkok|TH|1.2|0.20|0.01|5|0.45|KB
Hinoki Box Stones|Tokyo|JP|0.9|0.00|0.06|50|0.75|HB
Tamarack Ice House|Toronto|CA|1.0|0.10|0.04|25|0.65|TIH""".splitlines()
)

BUYERS = tuple(
    Firm(name, city, country, 0, 0, 0, 1, 0, "")
    for name, city, country in (
        ("Hollin & Voss", "London", "GB"),
        ("Maison du Pont Vieux", "Geneva", "CH"),
        ("Ostrava Lane Jewellers", "New York", "US"),
    )
)

COUNTRIES = {
    "AE": "United Arab Emirates",
    "BE": "Belgium",
    "BW": "Botswana",
    "CA": "Canada",
    "CN": "China",
    "GB": "United Kingdom",
    "HK": "Hong Kong",
    "IL": "Israel",
    "IN": "India",
    "JP": "Japan",
    "TH": "Thailand",
    "US": "United States",
    "ZA": "South Africa",
}
