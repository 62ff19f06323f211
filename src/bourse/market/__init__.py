"""The market: stones, and the listings in which a company offers one.

A stone is identity only (laboratory + report number; one without a report belongs to one company). A listing
holds its supplier's own claims: grades, measurements, media, ask, availability; no company's file rewrites
another's.
An upload goes: file → reading → questions → difference → confirm, and nothing is live before the confirm.
Ask and availability keep an append-only history.
"""
