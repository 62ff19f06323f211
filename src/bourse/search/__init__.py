"""Search: a read model of the market, kept fresh by facts and rebuilt at any time; never a source of truth.

The engine (pure) answers filters, facets, totals and pages from one mapped file, which the follower of the
outbox writes and every web worker reads.
"""
