"""The stone on paper: what the asker may see, and the code of its page."""

import pytest

from bourse.doors.web.stone.printed import code
from bourse.market.actions import set_showing
from cast import NOON, Cast
from market.files import A1, listed, live
from web.conftest import Browse, text_of

pytestmark = pytest.mark.django_db


def test_the_code_is_squares_within_a_quiet_edge() -> None:
    path, size = code("http://localhost/stones/x/")
    assert size == 33 and path.startswith("M4 4h1v1h-1z") and "M3 " not in path and " 3h" not in path


@pytest.mark.parametrize("query", ["", "?size=label"])
def test_a_sheet_shows_what_its_reader_may_see(browse: Browse, cast: Cast, query: str) -> None:
    listed(cast.asha, A1)
    address = f"/stones/{live('A-1').public_id}/sheet/{query}"
    own, visitor = (text_of(browse(who).get(address)) for who in (cast.vera, None))
    assert "$7,000.00 /ct, $7,070.00 in total" in own and "A-1" in own
    assert (
        'aria-label="A code (QR) that leads to the page of this stone"' in visitor and "style=" not in visitor
    )
    assert "A-1" not in visitor.split("<main")[1]
    set_showing(actor=cast.asha, hides_name=True, hides_ask=True, hides_cash_ask=True, now=NOON)
    other = text_of(browse(cast.ben).get(address)).split("<main")[1]
    assert "7,070" not in other and "Asha Gems" not in other and "A-1" not in other


def test_no_sheet_of_what_is_not_there(browse: Browse, cast: Cast) -> None:
    assert browse(cast.ben).get("/stones/nothing/sheet/").status_code == 404
