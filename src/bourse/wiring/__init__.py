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
from bourse.members.facts import (
    EmailChanged,
    LinkAsked,
    PasswordChanged,
    RecoveryCodesDrawn,
    RecoveryCodeUsed,
    SecondFactorAdded,
    SecondFactorRemoved,
    SignedInOnNewDevice,
)
from bourse.notices.facts import WebhookDisabled
from bourse.search.follower import refresh
from bourse.wiring.telling import each, sign_in, stock, webhooks

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
    LinkAsked: [each(LinkAsked, sign_in.link_asked)],
    SignedInOnNewDevice: [each(SignedInOnNewDevice, sign_in.signed_in_on_new_device)],
    PasswordChanged: [each(PasswordChanged, sign_in.password_changed)],
    SecondFactorAdded: [each(SecondFactorAdded, sign_in.second_factor_added)],
    SecondFactorRemoved: [each(SecondFactorRemoved, sign_in.second_factor_removed)],
    RecoveryCodesDrawn: [each(RecoveryCodesDrawn, sign_in.recovery_codes_drawn)],
    RecoveryCodeUsed: [each(RecoveryCodeUsed, sign_in.recovery_code_used)],
    EmailChanged: [each(EmailChanged, sign_in.email_changed)],
}
