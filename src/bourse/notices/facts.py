"""What the notices announce."""

from bourse.kit.outbox import Fact


class WebhookDisabled(Fact, frozen=True):
    """A company's webhook gets nothing any more: its server said so, or did not answer for days."""

    webhook_id: int
    company_id: int
