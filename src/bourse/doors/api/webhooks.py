"""A company's webhooks by API. A key is no owner: the owner's own session asks."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bourse.doors.api.operation import OWNERS, Answer, MemberRequest, operation
from bourse.doors.api.paging import After
from bourse.kit import clock, web_address
from bourse.kit.refusal import NotThere
from bourse.notices import actions, queries
from bourse.notices.actions import MadeWebhook
from bourse.notices.queries import Deliveries, DeliveryView, OnlyOwnersSetWebhooks, WebhookView

ADDRESS = (
    web_address.AddressNotReadable,
    web_address.NotHttps,
    web_address.PortNotAllowed,
    web_address.AddressHoldsPassword,
    web_address.HostIsNumber,
)
OWN = (NotThere, OnlyOwnersSetWebhooks)


class Wanted(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Where events go, and which; the events are those of docs/api.md."""

    address: Annotated[str, Meta(min_length=1, max_length=2000)]
    events: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(min_length=1, max_length=50)
    ]


class Webhooks(msgspec.Struct, frozen=True):
    """Where the company's events go."""

    webhooks: list[WebhookView]


class Sent(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """Which deliveries of a webhook."""

    state: Literal["waiting", "sending", "delivered", "given up"] | None = None
    after: After | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 50


@operation(scope=None, roles=OWNERS, refuses=OWN, while_suspended=True)
def webhooks(request: MemberRequest) -> Webhooks:
    """The company's webhooks, the oldest first."""
    return Webhooks(queries.webhooks(request.actor))


@operation(
    scope=None,
    roles=OWNERS,
    status=201,
    refuses=(*OWN, *ADDRESS, actions.EventsNotKnown, actions.TooManyWebhooks),
    headers={"Location": "Where the new webhook is."},
    while_suspended=True,
)
def add(request: MemberRequest, body: Wanted) -> Answer[MadeWebhook]:
    """A new address that hears these events; its secret is told this once."""
    made = actions.add_webhook(actor=request.actor, address=body.address, events=body.events, now=clock.now())
    return Answer(made, headers={"Location": f"/api/v1/webhooks/{made.webhook.public_id}"})


@operation(scope=None, roles=OWNERS, refuses=OWN, while_suspended=True)
def show(request: MemberRequest, webhook_id: str) -> WebhookView:
    """One webhook and how it fares."""
    return queries.webhook(request.actor, webhook_id)


@operation(
    scope=None,
    roles=OWNERS,
    refuses=(*OWN, *ADDRESS, actions.EventsNotKnown),
    while_suspended=True,
)
def change(request: MemberRequest, webhook_id: str, body: Wanted) -> WebhookView:
    """Another address or other events."""
    return actions.change_webhook(
        actor=request.actor,
        webhook_id=webhook_id,
        address=body.address,
        events=body.events,
        now=clock.now(),
    )


@operation(scope=None, roles=OWNERS, status=204, refuses=OWN, while_suspended=True)
def remove(request: MemberRequest, webhook_id: str) -> None:
    """Nothing more goes to this address."""
    actions.remove_webhook(actor=request.actor, webhook_id=webhook_id, now=clock.now())


@operation(scope=None, roles=OWNERS, refuses=OWN, while_suspended=True)
def rotate(request: MemberRequest, webhook_id: str) -> MadeWebhook:
    """A new secret, told this once; for a day each message is signed with the old one too."""
    return actions.rotate_webhook_secret(actor=request.actor, webhook_id=webhook_id, now=clock.now())


@operation(scope=None, roles=OWNERS, refuses=OWN, while_suspended=True)
def enable(request: MemberRequest, webhook_id: str) -> WebhookView:
    """A disabled webhook hears events again, from now on."""
    return actions.enable_webhook(actor=request.actor, webhook_id=webhook_id, now=clock.now())


@operation(
    scope=None,
    roles=OWNERS,
    status=202,
    refuses=(*OWN, actions.WebhookIsDisabled),
    while_suspended=True,
)
def test(request: MemberRequest, webhook_id: str) -> DeliveryView:
    """A test event on its way to this address alone."""
    return actions.send_test_event(actor=request.actor, webhook_id=webhook_id, now=clock.now())


@operation(scope=None, roles=OWNERS, refuses=OWN, while_suspended=True)
def deliveries(request: MemberRequest, webhook_id: str, query: Sent) -> Deliveries:
    """What was sent there or is on its way, with every try, the newest first."""
    return queries.deliveries(request.actor, webhook_id, query.after, query.limit, query.state or "")


@operation(
    scope=None,
    roles=OWNERS,
    status=202,
    refuses=(*OWN, actions.WebhookIsDisabled, actions.DeliveryOnItsWay),
    while_suspended=True,
)
def replay(request: MemberRequest, webhook_id: str, delivery_id: str) -> DeliveryView:
    """The event sent again under its own id."""
    return actions.replay_delivery(
        actor=request.actor, webhook_id=webhook_id, delivery_id=delivery_id, now=clock.now()
    )
