"""The noes that more than one order or door says."""

from bourse.kit.refusal import Refusal
from bourse.members.actor import Actor


class CompanyIsSuspended(Refusal):
    """The asker acts for a company that the operator has suspended."""

    code = "company_suspended"
    status = 403


def refuse_suspended(actor: Actor | None) -> None:
    """Nothing for anybody but a person of a suspended company."""
    if actor is not None and actor.is_suspended:
        raise CompanyIsSuspended(
            "Your company is suspended on this exchange: it keeps its records, and neither searches nor "
            "trades until the operator reinstates it."
        )
