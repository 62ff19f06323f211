"""Every no of the market's orders."""

from bourse.kit.refusal import Refusal


class ViewersOnlyLook(Refusal):
    """A viewer, or somebody without a company, cannot change stock."""

    status = 403


class ModeNotKnown(Refusal):
    """An upload is add_and_update or replace_all."""


class AnswerNotOffered(Refusal):
    """The question does not offer this answer."""


class QuestionsOpen(Refusal):
    """The file still asks something, so nothing of it can go live."""

    status = 409


class UploadIsClosed(Refusal):
    """The upload was confirmed or abandoned."""

    status = 409


class UploadIsBeingRead(Refusal):
    """The file is being read at this moment."""

    status = 409


class DifferenceMoved(Refusal):
    """The stock or the file changed after the difference was shown."""

    status = 409


class RemovalNeedsNumber(Refusal):
    """Much of the stock would go, so the number has to be typed."""


class ListingMoved(Refusal):
    """Somebody changed the listing after it was shown."""

    status = 409


class ListingIsEnded(Refusal):
    """The listing is no longer live."""

    status = 409


class AskNotPositive(Refusal):
    """An ask is a positive amount of cents, or none."""


class AvailabilityNotKnown(Refusal):
    """Availability is one of the four words."""


class OnlyOwnersSetShowing(Refusal):
    """What others see of a company's stock is its owners' decision."""

    status = 403


class RestoreNotPossible(Refusal):
    """The stock before this upload is not known: it is not live, or it is from before the past was kept."""

    status = 409


class CorrectionNotPossible(Refusal):
    """There is no such cell to correct, or its text is too long."""


class ReadingBroke(Refusal):
    """What was read of the file could not be kept: a bug, which the worker's log tells of."""


class NothingSelected(Refusal):
    """An order for many names what it is for in one way: a filter, listings, or an order before it."""


class TooManySelected(Refusal):
    """An order changes a hundred thousand listings at most."""


class NothingToChange(Refusal):
    """Of what was selected nothing would change."""


class PreviewMoved(Refusal):
    """The stock, or the market, changed after the preview was shown."""

    status = 409


class PercentNotTaken(Refusal):
    """A change by percent lies between the least and the most that is taken."""


class RankNotTaken(Refusal):
    """A rank counts from one."""


class UndoTooLate(Refusal):
    """The time in which an order can be undone is over."""

    status = 409


class MediaTooLarge(Refusal):
    """A picture has at most 20 MB, a certificate 10 MB."""


class NothingSent(Refusal):
    """There is no file, or it is empty."""


class TooManyMedia(Refusal):
    """A stone has at most twelve pictures, four films and one certificate."""

    status = 409


class MediaThere(Refusal):
    """The stone has this very file, or film, already."""

    status = 409


class NoRoomForMedia(Refusal):
    """The pictures and certificates of a company take at most 20 GB."""

    status = 409


class TooManySent(Refusal):
    """A company sends at most 600 pictures and certificates an hour."""

    status = 429
    retry_after_s = 600
