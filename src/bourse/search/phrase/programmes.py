"""Brands, and reports of where a stone comes from, as people write them."""

from collections.abc import Mapping, Sequence


def _spelt(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {spelling: name for name, others in names.items() for spelling in (name.casefold(), *others)}


BRANDS = _spelt(
    {
        "88-Cut": ("88 cut",),
        "Arctic Fox": (),
        "Argyle": (),
        "Canada Mark": ("canadamark",),
        "Canadian Ice": (),
        "Fire & Ice": ("fire&ice", "fire and ice"),
        "Forevermark": ("forever mark",),
        "Heart's On Fire": ("hearts on fire", "hof"),
        "Polar Bear": (),
        "Polar Ice": (),
    }
)
PROVENANCES = _spelt(
    {
        "GIA Diamond Origin": ("gia origin", "gia diamond origin report"),
        "Tracr": (),
        "Sarine Diamond Journey": ("sarine journey", "diamond journey"),
        "CanadaMark": ("canada mark",),
        "Forevermark": ("forever mark",),
        "Everledger": (),
    }
)
"""Spellings, each with the one name."""
