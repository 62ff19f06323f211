"""What is told of a company's webhooks."""

from datetime import datetime

from bourse.members.actor import Role
from bourse.notices.actions import tell_company
from bourse.notices.facts import WebhookDisabled
from bourse.notices.queries import disabled_webhook
from bourse.notices.topics import Reason, Topic


def webhook_disabled(fact: WebhookDisabled, now: datetime) -> None:
    """The owners hear that their programs hear nothing any more."""
    news = disabled_webhook(fact.webhook_id)
    if news is None:
        return  # enabled or removed meanwhile
    tell_company(
        fact.company_id,
        topic=Topic.COMPANY,
        once=f"webhook {news.public_id} disabled {news.disabled_at.isoformat()}",
        subject=f"Your webhook at {news.host} is disabled",
        body=f"{news.why} Events that it should have had can be sent again once it is enabled.",
        link=f"/developer/webhooks/{news.public_id}/",
        why=Reason.OWNER,
        now=now,
        roles=(Role.OWNER,),
    )
