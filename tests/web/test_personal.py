"""Personal information, the archive, the end of an account."""

import io
import json
import zipfile

import msgspec
import pytest

from bourse.dialects.writing import csv_of
from bourse.doors.web.personal.archive import CompanyArchive, PersonArchive
from bourse.kit import clock
from bourse.kit.models import AuditEntry
from bourse.market.queries.exporting import stock_to_export
from bourse.members.models import Person
from bourse.members.queries.personal import company_kept, person_kept
from bourse.notices.actions import tell
from bourse.notices.topics import Reason, Topic
from cast import Cast
from market.files import A1, A2, listed
from web.conftest import Browse, prove, text_of

pytestmark = pytest.mark.django_db
PERSONAL, ARCHIVE, ERASE = "/account/personal/", "/account/personal/archive/", "/account/personal/erase/"


def taken(browse: Browse, actor: object) -> zipfile.ZipFile:
    answer = prove(browse(actor)).post(ARCHIVE)  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/zip" and answer["Content-Disposition"].endswith('Z.zip"')
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]


def test_a_person_changes_what_he_is_called(browse: Browse, cast: Cast) -> None:
    client = browse(cast.tara)
    said = {"name": "Tara Shah", "telephone": "+91 98", "language": "en", "time_zone": "Asia/Kolkata"}
    answer = client.post(PERSONAL, said)
    assert answer["Location"] == PERSONAL and answer.cookies["django_language"].value == "en"
    person = Person.objects.get(pk=cast.tara.person_id)
    assert (person.name, person.telephone, person.time_zone) == ("Tara Shah", "+91 98", "Asia/Kolkata")
    for wrong, sentence in (({"name": ""}, "Enter your name"), ({"time_zone": "Mars"}, "Choose a time zone")):
        answer = client.post(PERSONAL, said | wrong)
        assert answer.status_code == 422 and sentence in text_of(answer)
    assert Person.objects.get(pk=cast.tara.person_id).name == "Tara Shah"


def test_the_archive_of_an_owner_reads_back_to_the_same(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1, A2)
    tell(
        topic=Topic.COMPANY,
        people=[cast.asha.person_id],
        once="a",
        subject="=1+1",
        body="b",
        link="/",
        why=Reason.OWNER,
        now=clock.now(),
    )
    zipped = taken(browse, cast.asha)
    names = "person.json notices.csv acts.csv company.json uploads.csv listings.jsonl listings.csv"
    assert zipped.namelist() == names.split() and zipped.testzip() is None
    person = msgspec.json.decode(zipped.read("person.json"), type=PersonArchive)
    company = msgspec.json.decode(zipped.read("company.json"), type=CompanyArchive)
    assert company.company == company_kept(cast.asha) and len(company.uploads) == 1
    assert person.person == person_kept(cast.asha)
    assert [one.subject for one in person.notices] == ["=1+1"] and b"'=1+1" in zipped.read("notices.csv")
    assert "members.take_along" not in [one.act for one in person.acts[:-1]]
    assert zipped.read("listings.csv") == b"".join(csv_of(stock_to_export(cast.asha)))
    rows = [json.loads(line) for line in zipped.read("listings.jsonl").splitlines()]
    assert len(rows) == 2 and all(
        number in row.values() for number, row in zip(("A-1", "A-2"), rows, strict=True)
    )
    everything = b"".join(zipped.read(name) for name in zipped.namelist())
    assert b"secret_hash" not in everything and b"pbkdf2" not in everything and b"argon2" not in everything


def test_a_trader_takes_along_what_is_his_own_alone(browse: Browse, cast: Cast) -> None:
    listed(cast.asha, A1)
    assert taken(browse, cast.tara).namelist() == ["person.json", "notices.csv", "acts.csv"]
    assert taken(browse, cast.omar).namelist() == ["person.json", "notices.csv", "acts.csv"]


def test_who_has_not_shown_lately_who_he_is_takes_nothing(browse: Browse, cast: Cast) -> None:
    assert browse(cast.tara).post(ARCHIVE).status_code == 403
    assert browse(cast.tara).post(ERASE).status_code == 403
    assert browse(None).post(ERASE)["Location"].startswith("/account/sign-in/")
    assert Person.objects.get(pk=cast.tara.person_id).is_active and not AuditEntry.objects.exists()


def test_an_account_is_closed_and_its_browser_is_a_visitors(browse: Browse, cast: Cast) -> None:
    client = prove(browse(cast.tara))
    assert "Nobody can undo this" in text_of(client.get(ERASE))
    assert "Your account is closed" in text_of(client.post(ERASE))
    assert client.get(PERSONAL)["Location"].startswith("/account/sign-in/")
    assert Person.objects.get(pk=cast.tara.person_id).erased_at is not None


def test_the_last_owner_is_told_to_hand_over(browse: Browse, cast: Cast) -> None:
    answer = prove(browse(cast.asha)).post(ERASE)
    assert answer.status_code == 409 and "only owner of Asha Gems" in text_of(answer)
    assert Person.objects.get(pk=cast.asha.person_id).is_active
