"""Fact → listeners: the only list of who hears what."""

from bourse.kit.outbox import Wiring
from bourse.market.facts import (
    AskChanged,
    FeedFailed,
    FeedHeld,
    ListingTakenDown,
    ShowingChanged,
    StockChanged,
    StockConfirmed,
    UploadFinished,
)
from bourse.members.facts import CompanyReinstated, CompanySuspended
from bourse.notices.facts import WebhookDisabled
from bourse.search.follower import refresh
from bourse.wiring.telling import each, stock, webhooks

LISTENERS: Wiring = {
    UploadFinished: [refresh, each(UploadFinished, stock.upload_finished)],
    AskChanged: [refresh],
    ListingTakenDown: [refresh],
    StockChanged: [refresh],
    StockConfirmed: [refresh],
    ShowingChanged: [refresh],
    CompanySuspended: [refresh],
    CompanyReinstated: [refresh],
    FeedHeld: [each(FeedHeld, stock.feed_held)],
    FeedFailed: [each(FeedFailed, stock.feed_failed)],
    WebhookDisabled: [each(WebhookDisabled, webhooks.webhook_disabled)],
}
