"""Orders about notices."""

from bourse.notices.actions.delivering import WAKE, deliver, forget_old_events, look_for_deliveries
from bourse.notices.actions.digests import unsubscribe_from_digests, write_due_digests
from bourse.notices.actions.events import DELIVER, defer_delivery, emit
from bourse.notices.actions.letters import OUTGOING, SEND_MAIL, AddressNotMailable, mail_to
from bourse.notices.actions.preferences import (
    DigestHourNotKnown,
    QuietHoursNeedBothEnds,
    TopicKeepsItsWays,
    choose,
)
from bourse.notices.actions.sending import forget_old_mail, have_mail_sent, send_mail
from bourse.notices.actions.telling import tell, tell_company
from bourse.notices.actions.triage import Act, NothingChosen, TooManyChosen, triage
from bourse.notices.actions.webhooks import (
    DeliveryOnItsWay,
    EventsNotKnown,
    MadeWebhook,
    TooManyWebhooks,
    WebhookIsDisabled,
    add_webhook,
    change_webhook,
    enable_webhook,
    remove_webhook,
    replay_delivery,
    rotate_webhook_secret,
    send_test_event,
)

__all__ = [
    "DELIVER",
    "OUTGOING",
    "SEND_MAIL",
    "WAKE",
    "Act",
    "AddressNotMailable",
    "DeliveryOnItsWay",
    "DigestHourNotKnown",
    "EventsNotKnown",
    "MadeWebhook",
    "NothingChosen",
    "QuietHoursNeedBothEnds",
    "TooManyChosen",
    "TooManyWebhooks",
    "TopicKeepsItsWays",
    "WebhookIsDisabled",
    "add_webhook",
    "change_webhook",
    "choose",
    "defer_delivery",
    "deliver",
    "emit",
    "enable_webhook",
    "forget_old_events",
    "forget_old_mail",
    "have_mail_sent",
    "look_for_deliveries",
    "mail_to",
    "remove_webhook",
    "replay_delivery",
    "rotate_webhook_secret",
    "send_mail",
    "send_test_event",
    "tell",
    "tell_company",
    "triage",
    "unsubscribe_from_digests",
    "write_due_digests",
]
