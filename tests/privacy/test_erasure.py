"""Somebody who was erased: his name, address and telephone in every text of the database."""

import re
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from bourse.kit import outbox
from bourse.members.actions.branches import add_branch
from bourse.members.actions.colleagues import invite
from bourse.members.actions.invitations import come_in
from bourse.members.actions.personal import Own, erase_account, set_personal
from bourse.members.actions.signing.mailed_links import ask_for_email
from bourse.members.actor import Role
from bourse.members.models import Application, Company, Person
from bourse.members.profile import Place
from bourse.members.queries import actor_for
from bourse.members.secrets import derived_secret
from bourse.notices.models import Mail, Notice
from bourse.search.actions import choose_view, keep_view, save_search
from bourse.wiring import LISTENERS
from cast import NOON, Cast

NAME, EMAIL, TELEPHONE = "Quillon Featherby", "quillon@featherby.example", "+32 470 99 88 77"
OTHER = "quillon.two@featherby.example"
DOCS = Path(__file__).parents[2] / "docs/privacy.md"
COLUMNS = """
    SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea')
"""


def found() -> set[str]:
    """Every column that holds one of the words."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        columns, holding = cursor.fetchall(), set()
        for table, column, kind in columns:
            text = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            asked = " OR ".join([f"{text} ILIKE %s"] * 4)
            words = [f"%{word}%" for word in (NAME, EMAIL, TELEPHONE, OTHER)]
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE {asked})', words)
            if cursor.fetchone()[0]:
                holding.add(f"{table}.{column}")
    return holding


def retained() -> set[str]:
    """The tables that docs/privacy.md names, with how long they keep what."""
    section = DOCS.read_text().split("## What stays after an erasure", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^- `(\w+)`", section, re.MULTILINE))


def settle(run_jobs: Callable[[], int]) -> None:
    while outbox.deliver(LISTENERS, now=NOON):
        pass
    run_jobs()


def test_an_erased_persons_words_are_nowhere_but_where_a_law_keeps_them(
    cast: Cast, run_jobs: Callable[[], int]
) -> None:
    house = Company.objects.get(pk=cast.asha.company_id or 0)
    made = invite(
        actor=cast.asha, company_id=house.public_id, email=EMAIL, name=NAME, role=Role.TRADER, now=NOON
    )
    settle(run_jobs)
    secret = derived_secret("invitation", made.public_id)
    person = come_in(secret=secret, name=NAME, password="correct-horse-battery-staple", now=NOON)
    actor = actor_for(person.pk, None)
    set_personal(actor=actor, own=Own(NAME, TELEPHONE), now=NOON)
    choose_view(actor=actor, view="cards", now=NOON)
    keep_view(actor=actor, name=NAME, query=f"text={EMAIL}", now=NOON)
    save_search(actor=actor, name=NAME, query=f"brand={EMAIL}", now=NOON)
    ask_for_email(actor=actor, email=OTHER, now=NOON)
    place = Place("A", "1 St", "Surat", contact=NAME, telephone=TELEPHONE)
    add_branch(actor=cast.asha, place=place, now=NOON)
    Company.objects.filter(pk=house.pk).update(public_email=EMAIL, public_telephone=TELEPHONE)
    Application.objects.create(
        secret_hash="h", company_name="F", street="1", city="C", country="BE", nature="dealer", size="1",
        buys=True, sells=True, registration_number="1", bank_reference="b", trade_references="t",
        person_name=NAME, email=EMAIL, telephone=TELEPHONE, created_at=NOON, changed_at=NOON,
    )  # fmt: skip
    settle(run_jobs)
    assert Notice.objects.get(person_id=cast.asha.person_id).subject == f"{NAME} acts for Asha Gems"
    assert {
        "members_person.name",
        "notices_notice.subject",
        "notices_mail.address",
        "search_savedsearch.name",
        "search_stockview.name",
    } <= found()
    erase_account(actor=actor, now=NOON)
    settle(run_jobs)
    assert {column for column in found() if column.split(".")[0] not in retained()} == set()
    told = list(Notice.objects.filter(person_id=cast.asha.person_id).order_by("id"))
    assert [one.subject for one in told] == [
        f"Erased person {person.pk} acts for Asha Gems",
        "A colleague acts for Asha Gems no more",
    ]
    assert not Notice.objects.filter(person_id=person.pk).exists()
    assert not Mail.objects.filter(address=EMAIL).exists()
    assert Person.objects.get(pk=person.pk).email.endswith("@erased.invalid")


def test_the_tables_that_keep_more_are_few_and_known() -> None:
    assert retained() == {"members_applicationnote", "members_applicationdocument", "members_screeninghit"}
