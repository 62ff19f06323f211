"""The events that a company's programs may hear, and what each holds. Pure."""

from collections.abc import Mapping

EVENTS: Mapping[str, str] = {
    "upload.finished": "A file went live: upload, new, changed, removed.",
    "upload.held": "What a feed brought waits for a person: upload.",
    "feed.failed": "A feed failed for the first time, or was paused: feed, failures, is_paused.",
    "listings.expiring": "Stones expire soon unless somebody confirms them: count, on.",
    "listings.expired": "Stones expired and left the market: count.",
    "company.suspended": "The company left the market for a time: nothing else.",
    "company.reinstated": "The company is back with its stock: nothing else.",
    "key.made": "The company has one more key: key.",
    "key.rotated": "A key has its follower: key, old_key.",
    "key.revoked": "A key opens nothing any more: key.",
}
TEST = "webhook.test"
"""Sent by the button on the page, to that address alone."""
