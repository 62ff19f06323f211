"""From a listing's columns back to the values of a row, under the dictionary's names. Pure.

The inverse of `claims_of`: what is written from it and uploaded again changes nothing.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

_AS_THEY_ARE = {
    "stock_no": "supplier_stock_number",
    "lab": "laboratory",
    "certificate_no": "report_number",
    "growth_type": "growth",
    "shape": "shape",
    "carat": "weight_ct",
    "fancy_color": "fancy_colour",
    "fancy_intensity": "fancy_intensity",
    "fancy_overtone": "fancy_overtone",
    "cut_grade": "cut",
    "polish": "polish",
    "symmetry": "symmetry",
    "fluorescence_intensity": "fluorescence",
    "fluorescence_color": "fluorescence_colour",
    "ask_cents": "ask_cents",
    "cash_ask_cents": "cash_ask_cents",
    "priced_in": "priced_in",
    "rate": "rate",
    "rate_date": "rate_date",
    "availability": "availability",
    "length_mm": "length_mm",
    "width_mm": "width_mm",
    "depth_mm": "depth_mm",
    "depth_pct": "depth_percent",
    "table_pct": "table_percent",
    "girdle_min": "girdle_from",
    "girdle_max": "girdle_to",
    "culet_size": "culet",
    "pair_stock_no": "pair_stock_number",
    "country": "country",
    "state": "state",
    "city": "city",
    "image_url": "image_urls",
    "video_url": "video_urls",
    "certificate_url": "certificate_url",
    "member_comment": "comment",
}
_NOTHING: tuple[object, ...] = (None, "", [])


def fields_of(claims: Mapping[str, Any]) -> dict[str, object]:
    """The values of a listing's claims, with `ask_cents` and `cash_ask_cents`; what is not given is left out.

    A column that the mapping lacks counts as not given: so a buyer's view exports what he may see.
    """
    fields = {field: claims.get(column) for field, column in _AS_THEY_ARE.items()}
    fields |= _json(claims.get("particulars")) | _json(claims.get("private"))
    fields |= {
        "color": _range(claims.get("colour"), claims.get("colour_to")) or _fancy(claims),
        "clarity": _range(claims.get("clarity"), claims.get("clarity_to")),
        "treatment": _several(claims.get("treatment")),
        "parcel_stones": claims.get("stones") if (claims.get("stones") or 1) > 1 else None,
        "is_pair": "Yes" if claims.get("goods") == "pair" else None,
        "pair_separable": _flag(claims.get("pair_is_separable")),
    }
    return {field: value for field, value in fields.items() if value not in _NOTHING}


def _range(better: str | None, worse: str | None) -> object:
    return [better, worse] if better and worse else better


def _fancy(claims: Mapping[str, Any]) -> str | None:
    return "Fancy" if claims.get("fancy_colour") or claims.get("fancy_intensity") else None


def _several(words: str | None) -> object:
    parts = (words or "").split(", ")
    return parts if len(parts) > 1 else words


def _flag(is_so: bool | None) -> str | None:
    return None if is_so is None else "Yes" if is_so else "No"


def _json(value: str | dict[str, object] | None) -> dict[str, object]:
    """A JSON column, as the database gives it or as `claims_of` makes it."""
    return msgspec.json.decode(value, type=dict[str, object]) if isinstance(value, str) else value or {}
