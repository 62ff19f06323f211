"""The inbox, the choices and the webhooks by API, with the same orders as the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from api.calls import API, post, problem_of
from bourse.members.actor import Actor
from bourse.notices.actions import tell
from bourse.notices.models import Delivery, Notice, Webhook
from bourse.notices.topics import Reason, Topic
from cast import NOON, Cast

SignIn = Callable[[Actor], Client]
HOOK = {"address": "https://hooks.example/x", "events": ["upload.finished"]}


def told(cast: Cast, count: int) -> list[str]:
    """Notices of Asha, newest first."""
    for number in range(count):
        tell(
            topic=Topic.UPLOADS,
            people=[cast.asha.person_id],
            once=f"{number}",
            subject=f"File {number} is live",
            body="",
            link="/listings/",
            why=Reason.OWN_ACT,
            now=NOON,
        )
    return list(Notice.objects.order_by("-id").values_list("public_id", flat=True))


def patch(client: Client, path: str, body: Any) -> Any:
    return client.patch(f"{API}{path}", body, content_type="application/json")


def test_an_inbox_is_read_in_pages_and_triaged(cast: Cast, signed_in: SignIn) -> None:
    names, client = told(cast, 3), signed_in(cast.asha)
    page = client.get(f"{API}/notices?limit=2").json()
    assert [one["public_id"] for one in page["notices"]] == names[:2]
    assert (page["total"], page["boxes"]["unread"], page["after"]) == (3, 3, names[1])
    rest = client.get(f"{API}/notices?limit=2&after={page['after']}").json()
    assert ([one["public_id"] for one in rest["notices"]], rest["after"]) == (names[2:], None)
    done = post(client, "/notices/triage", {"act": "done", "notices": [names[0], "x" * 18]})
    assert done.json() == {"changed": 1, "unread": 2}
    assert client.get(f"{API}/notices?box=done").json()["total"] == 1
    assert problem_of(client.get(f"{API}/notices?after=nothing")) == (404, "place_not_known")
    other = post(signed_in(cast.tara), "/notices/triage", {"act": "done", "notices": names})
    assert other.json()["changed"] == 0


def test_choices_are_changed_in_part(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    body = {"choices": {"uploads": {"in_app": True, "mail": "off"}}, "quiet_from": "22:00:00"}
    assert problem_of(patch(client, "/notices/choices", body)) == (422, "quiet_hours_need_both_ends")
    answer = patch(client, "/notices/choices", {**body, "quiet_until": "07:00:00"})
    assert answer.json()["choices"]["uploads"] == {"in_app": True, "mail": "off"}
    assert client.get(f"{API}/notices/choices").json() == answer.json()
    account = {"choices": {"account": {"in_app": False, "mail": "off"}}}
    assert problem_of(patch(client, "/notices/choices", account)) == (422, "topic_keeps_its_ways")


def test_a_webhook_by_api(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    answer = post(client, "/webhooks", HOOK)
    assert answer.status_code == 201 and answer.json()["secret"].startswith("whsec_")
    path = answer["Location"].removeprefix(API)
    assert client.get(f"{API}/webhooks").json()["webhooks"] == [client.get(f"{API}{path}").json()]
    assert patch(client, path, {**HOOK, "events": ["key.made"]}).json()["events"] == ["key.made"]
    assert post(client, f"{path}/secret", {}).json()["secret"] != answer.json()["secret"]
    sent = post(client, f"{path}/test", {})
    assert (sent.status_code, sent.json()["event"]) == (202, "webhook.test")
    delivery = f"{path}/deliveries/{sent.json()['public_id']}"
    assert problem_of(post(client, delivery, {})) == (409, "delivery_on_its_way")
    Delivery.objects.update(state="delivered", delivered_at=NOON)
    assert post(client, delivery, {}).json()["state"] == "waiting"
    assert len(client.get(f"{API}{path}/deliveries?state=waiting").json()["deliveries"]) == 1
    Webhook.objects.update(disabled_at=NOON, disabled_because="Gone.")
    assert problem_of(post(client, f"{path}/test", {})) == (409, "webhook_is_disabled")
    assert post(client, f"{path}/enable", {}).json()["disabled_at"] is None
    assert client.delete(f"{API}{path}").status_code == 204
    assert problem_of(client.get(f"{API}{path}")) == (404, "not_there")


@pytest.mark.parametrize(("who", "status"), [("tara", 403), ("vera", 403), ("ben", 404), ("omar", 404)])
def test_webhooks_are_the_owners_own(cast: Cast, signed_in: SignIn, who: str, status: int) -> None:
    path = post(signed_in(cast.asha), "/webhooks", HOOK)["Location"].removeprefix(API)
    client = signed_in(getattr(cast, who))
    assert problem_of(client.get(f"{API}{path}"))[0] == status
    assert problem_of(patch(client, path, HOOK))[0] == status
    for order in ("secret", "test", "enable"):
        assert problem_of(post(client, f"{path}/{order}", {}))[0] == status


def test_what_cannot_be_a_webhook_is_refused_by_name(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.asha)
    given = {"address": "http://hooks.example/"}
    assert problem_of(post(client, "/webhooks", HOOK | given)) == (422, "not_https")
    assert problem_of(post(client, "/webhooks", HOOK | {"events": ["x"]})) == (422, "events_not_known")
    assert problem_of(post(client, "/webhooks", {})) == (400, "body_not_understood")
