"""The stock as before an upload, brought back as an upload of its own: same difference, same confirm."""

from datetime import datetime

from django.db import transaction

from bourse.market.actions.uploads import company_to_change, defer_reading, give_up_oldest
from bourse.market.models import Upload, UploadKind, UploadMode, UploadState
from bourse.market.queries import UploadView, upload
from bourse.market.queries.uploads import own_upload
from bourse.market.recording import record
from bourse.market.refusals import RestoreNotPossible
from bourse.members.actor import Actor


@transaction.atomic
def start_restore(*, actor: Actor, upload_id: str, now: datetime) -> UploadView:
    """A new upload whose rows are the company's stock as it was before this one. Nothing is live."""
    undone = own_upload(actor, upload_id)
    company_id = company_to_change(actor)
    _refuse_what_is_not_known(undone)
    begun = Upload.objects.create(
        company_id=company_id,
        person_id=actor.person_id,
        file_name=undone.file_name,
        mode=UploadMode.REPLACE_ALL,
        kind=UploadKind.RESTORE,
        restores=undone,
        state=UploadState.WAITING,
        created_at=now,
    )
    give_up_oldest(company_id)
    record("start_restore", actor, f"upload {begun.public_id}", now, after={"undoes": upload_id})
    defer_reading(begun)
    return upload(actor, begun.public_id)


def _refuse_what_is_not_known(undone: Upload) -> None:
    if undone.state != UploadState.CONFIRMED:
        raise RestoreNotPossible("This upload never went live, so there is nothing to take back.")
    if undone.revision is None:
        raise RestoreNotPossible(
            "This upload went live before the past of listings was kept, so the stock before it is not known."
        )
