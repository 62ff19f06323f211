"""An owner's webhooks by the pages: set up, told once, tested, sent again, removed."""

import re
from typing import Any

import pytest

from bourse.kit.models import AuditEntry
from bourse.notices.models import Delivery, Webhook
from cast import Cast
from web.conftest import Browse, prove, text_of

FORM = {"address": "https://hooks.example/events", "events": ["upload.finished"]}


def set_up(client: Any) -> tuple[Webhook, str]:
    answer = client.post("/developer/webhooks/add/", FORM, follow=True)
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", text_of(answer))
    assert found is not None, text_of(answer)[:2000]
    return Webhook.objects.get(), found[0]


def test_a_secret_is_shown_once(cast: Cast, browse: Browse) -> None:
    client = prove(browse(cast.asha))
    hook, secret = set_up(client)
    page = text_of(client.get(f"/developer/webhooks/{hook.public_id}/"))
    assert secret not in page and "whsec_" not in page
    assert "https://hooks.example/events" in text_of(client.get("/developer/webhooks/"))
    again = text_of(client.post(f"/developer/webhooks/{hook.public_id}/secret/", follow=True))
    other = re.search(r"whsec_[A-Za-z0-9+/=]+", again)
    assert other is not None and other[0] != secret


def test_an_event_is_tested_looked_at_and_sent_again(cast: Cast, browse: Browse) -> None:
    client = prove(browse(cast.asha))
    hook, _ = set_up(client)
    client.post(f"/developer/webhooks/{hook.public_id}/test/")
    delivery = Delivery.objects.get()
    page = f"/developer/webhooks/{hook.public_id}/"
    assert "webhook.test" in text_of(client.get(page)) and "Send again" not in text_of(client.get(page))
    Delivery.objects.update(state="given up", attempts=3)
    assert "Send again" in text_of(client.get(page))
    client.post(f"{page}sent/{delivery.public_id}/")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)


def test_what_cannot_be_a_webhook_is_refused_beside_its_box(cast: Cast, browse: Browse) -> None:
    client = prove(browse(cast.asha))
    for given in ({**FORM, "address": "http://hooks.example/"}, {"address": FORM["address"]}, {}):
        answer = client.post("/developer/webhooks/add/", given)
        assert answer.status_code == 422 and "There is a problem" in text_of(answer)
    assert not Webhook.objects.exists()


def test_a_webhook_is_changed_and_removed(cast: Cast, browse: Browse) -> None:
    client = prove(browse(cast.asha))
    hook, _ = set_up(client)
    page = f"/developer/webhooks/{hook.public_id}/"
    client.post(f"{page}change/", {**FORM, "events": ["upload.held", "key.made"]})
    hook.refresh_from_db()
    assert hook.events == ["upload.held", "key.made"]
    assert client.post(f"{page}change/", {"address": "x"}).status_code == 422
    client.post(f"{page}remove/")
    assert client.get(page).status_code == 404
    acts = ["add_webhook", "change_webhook", "remove_webhook"]
    assert list(AuditEntry.objects.filter(act__endswith="webhook").values_list("act", flat=True)) == [
        f"notices.{act}" for act in acts
    ]


@pytest.mark.parametrize(("who", "status"), [("tara", 403), ("vera", 403), ("ben", 404), ("omar", 302)])
def test_webhooks_are_the_owners_own(cast: Cast, browse: Browse, who: str, status: int) -> None:
    hook, _ = set_up(prove(browse(cast.asha)))
    page = f"/developer/webhooks/{hook.public_id}/"
    client = prove(browse(getattr(cast, who)))
    before = list(Webhook.objects.values())
    assert client.get(page).status_code == status
    for order in ("change/", "secret/", "test/", "remove/", "enable/"):
        assert client.post(f"{page}{order}", FORM).status_code == status, order
    assert list(Webhook.objects.values()) == before
