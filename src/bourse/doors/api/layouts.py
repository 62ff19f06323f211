"""What is remembered of the company's layouts, by API: shown, changed, forgotten."""

from bourse.doors.api.bodies import json_body
from bourse.doors.api.endpoint import Answer, MemberRequest
from bourse.doors.api.uploads import Answers
from bourse.kit import clock
from bourse.market import actions, queries


def layouts(request: MemberRequest) -> object:
    """GET layouts: the layouts that have answers, the latest first."""
    return {"layouts": queries.layouts(request.actor)}


def change(request: MemberRequest, layout: str) -> object:
    """PATCH layouts/{layout}: other answers for its next file; an empty one is asked for again."""
    given = json_body(request, Answers)
    actions.change_layout(actor=request.actor, layout=layout, answers=given.answers, now=clock.now())
    return {"layout": next(one for one in queries.layouts(request.actor) if one.layout == layout)}


def forget(request: MemberRequest, layout: str) -> Answer:
    """DELETE layouts/{layout}: nothing remembered; its next file asks everything again."""
    actions.forget_layout(actor=request.actor, layout=layout, now=clock.now())
    return Answer(None, 204)
