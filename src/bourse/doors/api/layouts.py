"""What is remembered of the company's layouts, by API: shown, changed, forgotten."""

import msgspec

from bourse.doors.api.operation import TRADERS, MemberRequest, operation
from bourse.doors.api.uploads import Answers
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.market import actions, queries, refusals
from bourse.market.queries import Layout
from bourse.members.actor import Scope


class Layouts(msgspec.Struct, frozen=True):
    """What is remembered of each layout of file."""

    layouts: list[Layout]


class OneLayout(msgspec.Struct, frozen=True):
    """What is remembered of one."""

    layout: Layout


@operation(scope=Scope.MANAGE_STOCK)
def layouts(request: MemberRequest) -> Layouts:
    """The layouts that have answers, the latest first."""
    return Layouts(queries.layouts(request.actor))


@operation(
    scope=Scope.MANAGE_STOCK,
    roles=TRADERS,
    refuses=(NotThere, refusals.ViewersOnlyLook, refusals.AnswerNotOffered),
)
def change(request: MemberRequest, layout: str, body: Answers) -> OneLayout:
    """Other answers for the next file of this layout; an empty one is asked for again."""
    actions.change_layout(actor=request.actor, layout=layout, answers=body.answers, now=clock.now())
    return OneLayout(next(one for one in queries.layouts(request.actor) if one.layout == layout))


@operation(scope=Scope.MANAGE_STOCK, roles=TRADERS, status=204, refuses=(NotThere, refusals.ViewersOnlyLook))
def forget(request: MemberRequest, layout: str) -> None:
    """Nothing remembered of this layout; its next file asks everything again."""
    actions.forget_layout(actor=request.actor, layout=layout, now=clock.now())
