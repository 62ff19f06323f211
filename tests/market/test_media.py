"""Pictures, certificates and films of own stones: made anew, looked through, seen by whom links are seen."""

import io

import pytest
from PIL import Image

from bourse.kit import buckets, confined
from bourse.kit.confined import run as run_confined
from bourse.kit.models import AuditEntry
from bourse.kit.refusal import NotThere, Refusal
from bourse.kit.web_address import HostIsNumber, NotHttps
from bourse.market import pictures
from bourse.market.actions import MediaSent, add_film, add_media, remove_media, set_showing, withdraw_listing
from bourse.market.actions.media import MOST_COMPANY_BYTES, SENT_AN_HOUR
from bourse.market.certificate_files import CertificateNotTaken
from bourse.market.facts import MediaChanged
from bourse.market.models import LinkCheck, Listing, Media
from bourse.market.pictures import PictureNotTaken, develop
from bourse.market.queries import listing, media_file
from bourse.market.queries.catalogue import catalogue_rows
from bourse.market.queries.stock_table import stock_counts, stock_lines
from bourse.market.refusals import (
    ListingIsEnded,
    MediaThere,
    MediaTooLarge,
    NoRoomForMedia,
    NothingSent,
    TooManyMedia,
    TooManySent,
    ViewersOnlyLook,
)
from bourse.market.stock_filter import Health, StockFilter
from bourse.members.actor import Actor
from cast import NOON, Cast
from market import media_made as made
from market.offering import offered

FILM = "https://films.example/a-1.mp4"


@pytest.fixture
def stone(cast: Cast) -> Listing:
    return offered(cast.asha)


def send(actor: Actor, stone: Listing, *contents: bytes, name: str = "a.jpg") -> list[str]:
    """The public ids of what was sent."""
    files = [MediaSent(name, content) for content in contents]
    return add_media(actor=actor, listing_id=stone.public_id, files=files, now=NOON).media


def kinds(actor: Actor | None, stone: Listing) -> list[str]:
    """What somebody sees of the stone."""
    return [view.kind for view in listing(actor, stone.public_id).media]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (made.picture(), (600, 400)),
        (made.picture("PNG", mode="RGBA"), (600, 400)),
        (made.picture("PNG", mode="P"), (600, 400)),
        (made.picture("WEBP"), (600, 400)),
        (made.picture("JPEG", mode="L"), (600, 400)),
        (made.picture("JPEG", mode="CMYK"), (600, 400)),
        (made.picture(size=(5_000, 2_500)), (2_000, 1_000)),
        (made.with_place(), (400, 600)),
    ],
)
def test_a_picture_is_made_anew(content: bytes, size: tuple[int, int]) -> None:
    developed = develop("a.jpg", content)
    whole, small = opened(developed.picture), opened(developed.thumbnail)
    assert (whole.format, whole.mode, whole.size) == ("JPEG", "RGB", size)
    assert (developed.width, developed.height) == size
    assert small.size == tuple(round(side * 240 / max(size)) for side in size)
    assert not whole.getexif() and b"Asha" not in developed.picture + developed.thumbnail


def test_what_is_transparent_becomes_white() -> None:
    assert opened(develop("a.png", made.picture("PNG", mode="RGBA")).picture).getpixel((5, 5)) == (
        255, 255, 255,
    )  # fmt: skip


def test_a_real_child_makes_the_picture_and_a_real_child_refuses() -> None:
    assert run_confined(develop, "a.png", made.picture("PNG")).width == 600
    with pytest.raises(PictureNotTaken, match="is no whole JPEG"):
        run_confined(develop, "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 9)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"hello" * 100, "is no whole JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>" * 9, "is no whole JPEG"),
        (b"GIF89a" + bytes(200), "is no whole JPEG"),
        (made.picture()[:-100], "is no whole JPEG"),
        (made.picture("PNG") + b"PK\x05\x06" + bytes(18), "is no whole JPEG"),
        (made.picture() + b"PK\x05\x06" + bytes(18) + b"\xff\xd9", "something else in one"),
        (made.picture(comment=b"%PDF-1.4"), "something else in one"),
        (made.picture(comment=b"<script>x()</script>"), "something else in one"),
        (made.picture()[:300] + bytes(3_000) + b"\xff\xd9", "is damaged"),
        (made.bomb(), "20,000 × 20,000 points large"),
    ],
    ids=["text", "svg", "gif", "cut", "archive behind", "archive", "pdf", "page", "damaged", "bomb"],
)
def test_what_is_no_plain_picture_is_refused_by_name(
    cast: Cast, stone: Listing, content: bytes, why: str
) -> None:
    with pytest.raises(PictureNotTaken, match=f"“stone.jpg” .*{why}"):
        send(cast.asha, stone, made.picture(), content, name="C:\\pics\\stone.jpg")
    assert not Media.objects.exists() and not AuditEntry.objects.exists()


@pytest.mark.parametrize("error", [confined.NeedsTooMuchMemory("x"), confined.WorkStopped("x")])
def test_a_picture_that_breaks_its_child_is_refused(
    cast: Cast, stone: Listing, error: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(confined, "run", broken)
    with pytest.raises(PictureNotTaken, match="takes more memory or time"):
        send(cast.asha, stone, made.picture())
    with pytest.raises(CertificateNotTaken, match="takes more memory or time"):
        send(cast.asha, stone, made.pdf())
    assert not Media.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (made.pdf()[:-8], "is no whole PDF"),
        (made.pdf() + b"PK\x05\x06" + bytes(18), "is no whole PDF"),
        (made.pdf(b"<</S /JavaScript /JS (x)>>"), "holds a script"),
        (made.pdf(b"<</S /L#61unch>>"), "holds a script"),
        (made.pdf(made.packed(b"<</Names <</EmbeddedFiles 3 0 R>>>>")), "holds a script"),
        (made.pdf(made.packed(b" " * 70_000_000)), "unpacks to more than 64 MB"),
        (made.pdf(b"<</Encrypt 4 0 R>>"), "is protected"),
    ],
    ids=["cut", "archive", "script", "spelt otherwise", "packed", "bomb", "locked"],
)
def test_a_certificate_in_which_something_runs_is_refused(
    cast: Cast, stone: Listing, content: bytes, why: str
) -> None:
    with pytest.raises(CertificateNotTaken, match=why):
        send(cast.asha, stone, content, name="report.pdf")
    assert not Media.objects.exists()


def test_sizes_numbers_and_pace_are_bounded(
    cast: Cast, stone: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MediaTooLarge, match=r"“a.jpg” is larger than 20 MB"):
        send(cast.asha, stone, bytes(20 * 1024 * 1024 + 1))
    with pytest.raises(MediaTooLarge, match="larger than 10 MB"):
        send(cast.asha, stone, b"%PDF-" + bytes(10 * 1024 * 1024))
    with pytest.raises(NothingSent, match="is empty"):
        send(cast.asha, stone, b"")
    with pytest.raises(NothingSent, match="Choose"):
        send(cast.asha, stone)
    same = made.picture()
    with pytest.raises(MediaThere):
        send(cast.asha, stone, same, same)
    with pytest.raises(TooManyMedia, match="at most 12 pictures"):
        send(cast.asha, stone, *(made.picture(size=(20, 20 + number)) for number in range(13)))
    with pytest.raises(TooManyMedia, match="a certificate already"):
        send(cast.asha, stone, made.pdf(), made.pdf(b"2"))
    monkeypatch.setattr("bourse.market.actions.media.MOST_COMPANY_BYTES", 1_000)
    assert MOST_COMPANY_BYTES == 20 * 1024**3
    with pytest.raises(NoRoomForMedia):
        send(cast.asha, stone, made.picture())
    pace = {"key": f"media {cast.asha.company_id}", "per_s": 1 / 6, "burst": SENT_AN_HOUR}
    buckets.take(**pace, cost=int(buckets.take(**pace, cost=0).left))
    with pytest.raises(TooManySent):
        send(cast.asha, stone, made.picture())
    assert not Media.objects.exists() and not AuditEntry.objects.exists()


def test_who_may_and_who_may_not(cast: Cast, stone: Listing) -> None:
    with pytest.raises(ViewersOnlyLook):
        send(cast.vera, stone, made.picture())
    with pytest.raises(NotThere):
        send(cast.ben, stone, made.picture())
    (kept,) = send(cast.tara, stone, made.picture())
    with pytest.raises(ViewersOnlyLook):
        remove_media(actor=cast.vera, listing_id=stone.public_id, media_id=kept, now=NOON)
    theirs = offered(cast.ben, "B-1")
    for where in (stone, theirs):  # of the same stone even
        with pytest.raises(NotThere):
            remove_media(actor=cast.ben, listing_id=where.public_id, media_id=kept, now=NOON)
    with pytest.raises(ViewersOnlyLook):
        add_film(actor=cast.vera, listing_id=stone.public_id, address=FILM, now=NOON)
    assert kinds(cast.ben, stone) == ["picture"] and kinds(cast.ben, theirs) == []


def test_pictures_come_first_and_search_hears_of_them(cast: Cast, stone: Listing) -> None:
    ask = {"actor": cast.asha, "listing_id": stone.public_id, "now": NOON}
    add_film(address=FILM, **ask)
    files = [MediaSent("r.pdf", made.pdf()), MediaSent("a.jpg", made.picture())]
    added = add_media(files=files, **ask)
    assert kinds(cast.vera, stone) == ["picture", "certificate", "film"]
    (row,) = catalogue_rows([stone.pk])
    assert (row.has_image, row.has_video, row.has_certificate) == (True, True, True)
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry and (entry.act, entry.after) == (
        "market.add_media",
        {"kind": ["certificate", "picture"], "count": 2},
    )
    assert added.fact_id and MediaChanged(listing_id=stone.pk)
    found = {view.kind: view for view in listing(cast.asha, stone.public_id).media}
    assert (found["picture"].width, found["picture"].height, found["film"].address) == (600, 400, FILM)
    pdf = media_file(cast.ben, stone.public_id, found["certificate"].public_id)
    assert (pdf.media_type, pdf.content) == ("application/pdf", made.pdf())
    small = media_file(cast.ben, stone.public_id, found["picture"].public_id, is_small=True)
    assert (small.media_type, opened(small.content).size) == ("image/jpeg", (240, 160))
    for gone in (found["film"].public_id, "nothing"):
        with pytest.raises(NotThere):
            media_file(cast.ben, stone.public_id, gone)
    with pytest.raises(NotThere):  # a certificate has no thumbnail
        media_file(cast.ben, stone.public_id, found["certificate"].public_id, is_small=True)


def test_a_hidden_name_takes_pictures_along_and_visitors_see_none(cast: Cast, stone: Listing) -> None:
    (kept,) = send(cast.asha, stone, made.picture())
    assert kinds(None, stone) == []
    with pytest.raises(NotThere):
        media_file(None, stone.public_id, kept)
    hides = {"hides_name": True, "hides_ask": False, "hides_cash_ask": False}
    set_showing(actor=cast.asha, now=NOON, **hides)
    assert (kinds(cast.ben, stone), kinds(cast.omar, stone), kinds(cast.vera, stone)) == (
        [], ["picture"], ["picture"],
    )  # fmt: skip
    with pytest.raises(NotThere):
        media_file(cast.ben, stone.public_id, kept)
    assert not catalogue_rows([stone.pk])[0].has_image


def test_what_is_kept_counts_in_the_table_of_own_stock(cast: Cast, stone: Listing) -> None:
    lacking = StockFilter(health=(Health.NO_PICTURE,))
    assert [row.health for row in stock_lines(cast.asha, StockFilter()).rows] == [
        (Health.NO_PICTURE, Health.NO_CERTIFICATE)
    ]
    (kept, _) = send(cast.asha, stone, made.picture(), made.pdf())
    (row,) = stock_lines(cast.asha, StockFilter()).rows
    assert (row.images, row.videos, row.has_certificate, row.health) == (1, 0, True, ())
    assert stock_counts(cast.asha, lacking).total == 0
    remove_media(actor=cast.tara, listing_id=stone.public_id, media_id=kept, now=NOON)
    assert stock_counts(cast.asha, lacking).total == 1


def test_a_stone_offered_again_has_its_pictures_and_one_that_ended_takes_none(
    cast: Cast, stone: Listing
) -> None:
    send(cast.asha, stone, made.picture())
    withdraw_listing(actor=cast.asha, listing_id=stone.public_id, version=1, now=NOON)
    with pytest.raises(ListingIsEnded):
        send(cast.asha, stone, made.picture(size=(30, 30)))
    assert kinds(cast.asha, offered(cast.asha)) == ["picture"]


def test_a_film_is_an_https_address_that_is_looked_for(cast: Cast, stone: Listing) -> None:
    ask = {"actor": cast.asha, "listing_id": stone.public_id, "now": NOON}
    for address, kind in (("http://films.example/a", NotHttps), ("https://127.0.0.1/a", HostIsNumber)):
        with pytest.raises(kind):
            add_film(address=address, **ask)
    assert not Media.objects.exists() and not LinkCheck.objects.exists()
    (kept,) = add_film(address=FILM, **ask).media
    check = LinkCheck.objects.get()
    assert (check.address, check.host, check.state, check.next_at) == (FILM, "films.example", "waiting", NOON)
    with pytest.raises(MediaThere):
        add_film(address=FILM, **ask)
    remove_media(media_id=kept, **ask)
    assert not LinkCheck.objects.exists() and not Media.objects.exists()


def test_the_bounds_are_those_of_the_documents() -> None:
    assert (pictures.MOST_BYTES, pictures.MOST_PIXELS) == (20 * 1024 * 1024, 50_000_000)
