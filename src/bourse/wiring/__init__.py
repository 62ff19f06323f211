"""Fact → listeners: the only list of who hears what."""

from bourse.kit.facts import JobFailed
from bourse.kit.outbox import Wiring
from bourse.market.facts import (
    AskChanged,
    FeedFailed,
    FeedHeld,
    ListingsExpired,
    ListingsExpiring,
    ListingTakenDown,
    ShowingChanged,
    StockChanged,
    StockConfirmed,
    UploadFinished,
)
from bourse.members.facts import (
    ColleagueInvited,
    CompanyHandedOver,
    CompanyReinstated,
    CompanyRenamed,
    CompanySuspended,
    EmailChanged,
    KeyMade,
    KeyRevoked,
    KeyRotated,
    LinkAsked,
    PasswordChanged,
    PersonErased,
    PersonJoined,
    PersonRemoved,
    RecoveryCodesDrawn,
    RecoveryCodeUsed,
    RoleChanged,
    SecondFactorAdded,
    SecondFactorRemoved,
    SignedInOnNewDevice,
)
from bourse.notices.facts import WebhookDisabled
from bourse.search.follower import refresh
from bourse.wiring.forgetting import person_erased
from bourse.wiring.telling import each, house, keys, people, sign_in, stock, webhooks

LISTENERS: Wiring = {
    ColleagueInvited: [each(ColleagueInvited, people.colleague_invited)],
    PersonJoined: [each(PersonJoined, people.person_joined)],
    RoleChanged: [each(RoleChanged, people.role_changed)],
    PersonRemoved: [each(PersonRemoved, people.person_removed)],
    CompanyHandedOver: [each(CompanyHandedOver, people.company_handed_over)],
    CompanyRenamed: [refresh, each(CompanyRenamed, people.company_renamed)],
    PersonErased: [each(PersonErased, person_erased)],
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
    JobFailed: [each(JobFailed, house.job_failed)],
    ListingsExpiring: [each(ListingsExpiring, stock.listings_expiring)],
    ListingsExpired: [each(ListingsExpired, stock.listings_expired)],
    KeyMade: [each(KeyMade, keys.key_made)],
    KeyRotated: [each(KeyRotated, keys.key_rotated)],
    KeyRevoked: [each(KeyRevoked, keys.key_revoked)],
    LinkAsked: [each(LinkAsked, sign_in.link_asked)],
    SignedInOnNewDevice: [each(SignedInOnNewDevice, sign_in.signed_in_on_new_device)],
    PasswordChanged: [each(PasswordChanged, sign_in.password_changed)],
    SecondFactorAdded: [each(SecondFactorAdded, sign_in.second_factor_added)],
    SecondFactorRemoved: [each(SecondFactorRemoved, sign_in.second_factor_removed)],
    RecoveryCodesDrawn: [each(RecoveryCodesDrawn, sign_in.recovery_codes_drawn)],
    RecoveryCodeUsed: [each(RecoveryCodeUsed, sign_in.recovery_code_used)],
    EmailChanged: [each(EmailChanged, sign_in.email_changed)],
}
