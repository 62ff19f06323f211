"""The fields that a column may be mapped to, under the names that people read, for wizard, template and
schema.
"""

from functools import cache

import msgspec

from bourse.dialects.dictionary import SAME_WORDS, standard
from bourse.dialects.fields import FIELDS, OURS_ALONE, Kind
from bourse.vocabulary import Colour


class FieldName(msgspec.Struct, frozen=True):
    """A field under the name that people read, its kind, what is expected there, and the words that it
    takes: none where it takes anything of its kind.
    """

    name: str
    label: str
    kind: str
    expected: str
    words: list[str]


@cache
def field_names() -> tuple[FieldName, ...]:
    """Every field that a column may be mapped to, the most needed first."""
    ordered = [*LABELS, *(name for name in FIELDS if name not in LABELS and name not in OURS_ALONE)]
    return tuple(
        FieldName(name, label_of(name), FIELDS[name].kind.value, FIELDS[name].expected, accepted_words(name))
        for name in ordered
    )


def label_of(name: str) -> str:
    """A field's English name."""
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def accepted_words(name: str) -> list[str]:
    """The canonical words of a field's scale, in its order; none where it has no scale."""
    if FIELDS[name].kind not in (Kind.WORDS, Kind.FLAG):
        return []
    words = list(dict.fromkeys(standard().words_of(SAME_WORDS.get(name, name)).values()))
    return [*(grade.value for grade in Colour), *words] if name == "color" else words


LABELS = {
    "stock_no": "Stock number",
    "shape": "Shape",
    "carat": "Weight (carat)",
    "color": "Colour",
    "clarity": "Clarity",
    "price_per_carat": "Ask per carat (memo or credit)",
    "total_price": "Ask for the stone (memo or credit)",
    "cash_price": "Cash ask per carat",
    "cash_total_price": "Cash ask for the stone",
    "discount_pct": "Discount from the list",
    "list_price": "List price per carat",
    "lab": "Laboratory",
    "certificate_no": "Report number",
    "cut_grade": "Cut",
    "polish": "Polish",
    "symmetry": "Symmetry",
    "fluorescence_intensity": "Fluorescence",
    "fluorescence_color": "Fluorescence colour",
    "measurements": "Measurements",
    "length_mm": "Length (mm)",
    "width_mm": "Width (mm)",
    "depth_mm": "Depth (mm)",
    "depth_pct": "Depth (%)",
    "table_pct": "Table (%)",
    "growth_type": "Natural or lab-grown",
    "availability": "Availability",
    "country": "Country",
    "state": "State",
    "city": "City",
    "fancy_color": "Fancy colour",
    "fancy_intensity": "Fancy colour: intensity",
    "fancy_overtone": "Fancy colour: overtone",
    "certificate_url": "Address of the report",
    "image_url": "Address of an image",
    "video_url": "Address of a video",
    "member_comment": "Comment",
    "treatment": "Treatment",
    "eye_clean": "Eye clean",
    "shade": "Shade",
    "milky": "Milky",
    "black_inclusion": "Black inclusions",
    "white_inclusion": "White inclusions",
    "open_inclusion": "Open inclusions",
    "hearts_and_arrows": "Hearts and arrows",
    "girdle": "Girdle",
    "girdle_min": "Girdle: thinnest",
    "girdle_max": "Girdle: thickest",
    "girdle_pct": "Girdle (%)",
    "girdle_condition": "Girdle: finish",
    "culet_size": "Culet",
    "culet_condition": "Culet: state",
    "crown_height": "Crown height (%)",
    "crown_angle": "Crown angle",
    "crown_raw": "Crown (angle or height)",
    "pavilion_depth": "Pavilion depth (%)",
    "pavilion_angle": "Pavilion angle",
    "pavilion_raw": "Pavilion (angle or depth)",
    "star_length": "Star length (%)",
    "lower_half": "Lower half (%)",
    "ratio": "Length to width",
    "is_pair": "One of a pair",
    "pair_stock_no": "Stock number of the pair's other stone",
    "pair_separable": "Pair may be parted",
    "pair_price": "Price of the pair",
    "parcel_stones": "Number of stones",
    "size_range": "Range of sizes",
    "memo_price": "Memo price per carat",
    "memo_total_price": "Memo price for the stone",
    "cash_discount_pct": "Cash discount from the list",
    "cost": "Cost (private)",
    "currency": "Currency",
    "cert_comment": "Comment of the report",
    "report_date": "Date of the report",
    "report_type": "Kind of report",
    "report_location": "Place of the report",
    "inscription": "Inscription",
    "key_to_symbols": "Key to symbols",
    "mine_of_origin": "Origin of the rough",
    "provenance_report": "Provenance report",
    "provenance_number": "Provenance report: number",
    "brand": "Brand",
    "graining": "Graining",
    "treated_color": "Treated colour",
    "location": "Location",
    "time_to_location": "Days to deliver",
    "supplier_name": "Supplier",
    "supplier_code": "Supplier's code",
    "seller_spec": "Seller's own specification",
    "exchange_item_id": "Number on another exchange",
    "trade_show": "Trade show",
    "allow_feed": "May be shown in feeds",
    "new_arrival": "New arrival",
    "updated_at": "Last changed",
}
