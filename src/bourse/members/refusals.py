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


class OnlyOwnersKeepKeys(Refusal):
    """Keys, and what is done with them, are the decision of a company's owners."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Keys are made, looked at and revoked by the owners of your company.")
