"""What is told of a company's webhooks, and what they alone are told in words of their own."""

from datetime import datetime

from bourse.members.actor import Role
from bourse.members.facts import CompanyReinstated, CompanySuspended
from bourse.notices.actions import emit, tell_company
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


def company_suspended(fact: CompanySuspended, now: datetime) -> None:
    """Programs hear that the company is off the market."""
    _emit(fact.company_id, "company.suspended", fact.at, now)


def company_reinstated(fact: CompanyReinstated, now: datetime) -> None:
    """Programs hear that it is back."""
    _emit(fact.company_id, "company.reinstated", fact.at, now)


def _emit(company_id: int, event: str, at: datetime, now: datetime) -> None:
    emit(company_id=company_id, event=event, data={}, once=f"{event} {at.isoformat()}", now=now)
