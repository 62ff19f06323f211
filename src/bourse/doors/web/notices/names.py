"""Words of the inbox: topics, reasons, boxes, ways."""

from django.utils.translation import gettext_lazy as _

from bourse.notices.queries import Box
from bourse.notices.topics import Mailing, Reason, Topic

TOPICS = {
    Topic.ACCOUNT: _("Your account"),
    Topic.COMPANY: _("Your company and its people"),
    Topic.JOINING: _("Firms that want to join"),
    Topic.UPLOADS: _("Uploads and feeds"),
    Topic.LISTINGS: _("Listings"),
    Topic.SEARCHES: _("Saved searches"),
    Topic.TRADING: _("Trading"),
    Topic.NEWS: _("News"),
    Topic.OPERATIONS: _("How the house fares"),
}
EXPLAINED = {
    Topic.ACCOUNT: _(
        "Sign-ins, passwords, passkeys. It guards your account, so it always reaches you, at any hour."
    ),
    Topic.COMPANY: _("Invitations, colleagues and their roles, keys, suspension."),
    Topic.JOINING: _("New applications, answers of applicants, names that are like names on a list."),
    Topic.UPLOADS: _("Files that went live, files that wait for a person, feeds that fail."),
    Topic.LISTINGS: _("Stones that expire soon, or have expired."),
    Topic.SEARCHES: _("Stones that your saved searches found."),
    Topic.TRADING: _("Bids and deals, once there are any."),
    Topic.NEWS: _("What this exchange publishes."),
    Topic.OPERATIONS: _("Jobs that fail, backups, the disk."),
}
REASONS = {
    Reason.OWN_ACCOUNT: _("Your own account"),
    Reason.OWN_ACT: _("You began it"),
    Reason.OWNER: _("You are an owner"),
    Reason.TRADER: _("You change its stock"),
    Reason.MEMBER: _("You act for it"),
    Reason.OPERATOR: _("You run the house"),
    Reason.OWN_SEARCH: _("You saved the search"),
}
BOXES = {
    Box.OPEN: _("Open"),
    Box.UNREAD: _("Unread"),
    Box.SAVED: _("Saved"),
    Box.DONE: _("Done"),
}
MAILINGS = {
    Mailing.AT_ONCE: _("At once"),
    Mailing.DIGEST: _("In the digest"),
    Mailing.OFF: _("No mail"),
}
EMPTY = {
    Box.OPEN: (
        _("Nothing is open."),
        _(
            "What happens to your account, your company and its stock is told here, each event once. "
            "You choose which of it is mailed too."
        ),
    ),
    Box.UNREAD: (_("You have read everything."), _("What is new appears here first.")),
    Box.SAVED: (
        _("Nothing is saved."),
        _("Save what you want to come back to: it stays here, done or not."),
    ),
    Box.DONE: (_("Nothing is done yet."), _("What you are done with leaves the inbox and stays here.")),
}
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
