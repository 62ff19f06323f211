"""What every second factor has to do with the others."""

from bourse.kit.refusal import Refusal
from bourse.members.models import Exchange
from bourse.members.models.signing import CodeApp, Passkey, RecoveryCode


class SecondFactorNeeded(Refusal):
    """The exchange asks everybody for a second factor, and this is the person's only one."""

    status = 409


def refuse_removing_last(person_id: int) -> None:
    """Refuse, where the house asks for a second factor, to remove the only one."""
    if _count(person_id) == 1 and Exchange.objects.filter(needs_second_factor=True).exists():
        raise SecondFactorNeeded(
            "This exchange asks everybody for a passkey or an app that shows codes. "
            "Add another before you remove this one."
        )


def forget_recovery_codes_if_last(person_id: int) -> None:
    """Codes on paper stand in for a second factor; without one they are of no use."""
    if not _count(person_id):
        RecoveryCode.objects.filter(person_id=person_id).delete()


def _count(person_id: int) -> int:
    apps = CodeApp.objects.filter(person_id=person_id).count()
    return Passkey.objects.filter(person_id=person_id).count() + apps
