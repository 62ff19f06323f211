"""Orders about notices."""

from bourse.notices.actions.digests import unsubscribe_from_digests, write_due_digests
from bourse.notices.actions.events import DELIVER, emit
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

__all__ = [
    "DELIVER",
    "OUTGOING",
    "SEND_MAIL",
    "Act",
    "AddressNotMailable",
    "DigestHourNotKnown",
    "NothingChosen",
    "QuietHoursNeedBothEnds",
    "TooManyChosen",
    "TopicKeepsItsWays",
    "choose",
    "emit",
    "forget_old_mail",
    "have_mail_sent",
    "mail_to",
    "send_mail",
    "tell",
    "tell_company",
    "triage",
    "unsubscribe_from_digests",
    "write_due_digests",
]
