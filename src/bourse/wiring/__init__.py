"""Fact → listeners: the only list of who hears what."""

from bourse.kit.outbox import Wiring
from bourse.market.facts import AskChanged, ListingTakenDown, ShowingChanged, UploadFinished
from bourse.search.follower import refresh

LISTENERS: Wiring = {
    UploadFinished: [refresh],
    AskChanged: [refresh],
    ListingTakenDown: [refresh],
    ShowingChanged: [refresh],
}
