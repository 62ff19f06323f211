"""A file of the open internet is fetched whole, in time and in size, or refused with what to do."""

import ssl
from collections.abc import Iterator

import pytest

from bourse.kit import fetch as fetching
from bourse.kit.fetch import Fetched, FetchLimits, Looked, NoPublicServer, Resolver, fetch, look
from bourse.kit.refusal import Refusal
from bourse.kit.web_address import HostIsNumber, NotHttps
from kit.conftest import Serve
from kit.web import HOST, LOOPBACK, Answer, Authority, Listener, Loopback, Request

STOCK = b"Stock,Shape\r\nA1,Round\r\n"
ADDRESS = f"https://{HOST}/stock.csv"
WITHIN = FetchLimits(seconds=20)


def sends(content: bytes = STOCK, **rest: object) -> Answer:
    """A server's plain answer."""
    return lambda request: request.send(content, **rest)  # type: ignore[arg-type]


def refusal_of(answer: Answer, serve: Serve, limits: FetchLimits = WITHIN) -> Refusal:
    """What fetching is refused with when the server answers so."""
    _, names = serve({"/stock.csv": answer})
    with pytest.raises(Refusal) as caught:
        fetch(ADDRESS, resolver=names, limits=limits)
    return caught.value


def test_a_file_is_fetched_with_its_name_and_tag(serve: Serve) -> None:
    web, names = serve({"/daily/stock%20list.csv?key=1": sends(ETag='"v1"')})
    got = fetch(f"https://{HOST}/daily/stock list.csv?key=1#top", resolver=names)
    assert got == Fetched(STOCK, "stock list.csv", '"v1"')
    asked = web.heard[0]
    assert (asked.headers["Host"], asked.headers["Accept-Encoding"]) == (HOST, "identity")
    assert {"Cookie", "Authorization", "Referer"} & set(asked.headers) == set()
    assert names.asked == [HOST]


def test_the_certificate_is_asked_for_by_name_and_the_port_is_https(serve: Serve) -> None:
    web, names = serve({"/stock.csv": sends()})
    said: list[str | None] = []
    web.context.sni_callback = lambda _socket, name, _context: said.append(name)
    fetch(ADDRESS, resolver=names)
    assert (said, Resolver().port()) == ([HOST], 443)


def test_an_unchanged_file_is_not_sent_again(serve: Serve) -> None:
    def answer(request: Request) -> None:
        known = request.headers["If-None-Match"] == '"v1"'
        request.send(b"" if known else STOCK, status=304 if known else 200, ETag='"v1"')

    _, names = serve({"/stock.csv": answer})
    assert fetch(ADDRESS, resolver=names, etag='"v1"') == Fetched(b"", "stock.csv", '"v1"', is_unchanged=True)
    assert fetch(ADDRESS, resolver=names, etag='"v0"').content == STOCK


def test_a_large_file_in_pieces_comes_whole(serve: Serve) -> None:
    content = bytes(range(256)) * 8_192

    def in_pieces(request: Request) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for at in range(0, len(content), 100_000):
            piece = content[at : at + 100_000]
            request.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        request.wfile.write(b"0\r\n\r\n")

    _, names = serve({"/stock.csv": in_pieces})
    assert fetch(ADDRESS, resolver=names).content == content


def test_a_redirect_is_followed_to_where_the_file_is(serve: Serve) -> None:
    web, names = serve(
        {
            "/stock.csv": sends(b"", status=302, Location="/1?a=b"),
            "/1?a=b": sends(b"", status=301, Location=f"https://{HOST}/2"),
            "/2": sends(b"", status=307, Location="deep/last%20one.csv"),
            "/deep/last%20one.csv": sends(),
        }
    )
    assert fetch(ADDRESS, resolver=names) == Fetched(STOCK, "last one.csv", "")
    assert [asked.path for asked in web.heard] == ["/stock.csv", "/1?a=b", "/2", "/deep/last%20one.csv"]
    assert names.asked == [HOST] * 4


def test_a_redirect_too_many_is_refused(serve: Serve) -> None:
    refused = refusal_of(sends(b"", status=302, Location="/stock.csv"), serve)
    assert (type(refused), str(refused)) == (
        fetching.TooManyRedirects,
        "The server sent us on more than 3 times. Use the address at which the file is in the end.",
    )


@pytest.fixture
def inside() -> Iterator[Listener]:
    """A door inside the house, on another of its own addresses."""
    listener = Listener("127.0.0.2")
    yield listener
    listener.close()


@pytest.mark.parametrize(
    "onward",
    [
        "https://inside.example/",
        "//inside.example/",
        "https://127.0.0.2/",
        "https://127.2/",
        "https://0x7f000002/",
        "https://[::ffff:127.0.0.2]/",
        "http://inside.example/",
        "http://127.0.0.2:{port}/",
        "https://127.0.0.2:{port}/",
        "https://feeds.example@127.0.0.2/",
        f"https://{HOST}:{{port}}/",
        "https://mixed.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.2:{port}/_GET",
        "ftp://127.0.0.2:{port}/",
        "data:text/csv,a",
        "https://nobody.example/",
        "https://inside.example/\u00e9",
        "https://127%2e0%2e0%2e2/",
        "http://169.254.169.254/latest/",
        "\\\\127.0.0.2\\",
    ],
)
def test_a_redirect_does_not_lead_inside(onward: str, serve: Serve, inside: Listener) -> None:
    port = inside.port
    web, names = serve(
        {"/stock.csv": sends(b"", status=302, Location=onward.format(port=port))},
        **{"inside.example": ["127.0.0.2"], "mixed.example": [LOOPBACK, "127.0.0.2"]},
    )
    with pytest.raises(Refusal) as caught:
        fetch(ADDRESS, resolver=names)
    assert type(caught.value) is not Refusal and str(caught.value).endswith(".")
    assert (len(web.heard), inside.knocks()) == (1, 0)


def test_a_redirect_cannot_put_a_line_into_a_request(serve: Serve) -> None:
    def answer(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /a%0d%0ab\x0bc d\r\nContent-Length: 0\r\n\r\n")

    web, names = serve({"/stock.csv": answer, "/a%0d%0ab%0Bc%20d": sends()})
    assert fetch(ADDRESS, resolver=names).content == STOCK
    assert web.heard[1].requestline == "GET /a%0d%0ab%0Bc%20d HTTP/1.1"


def drops(request: Request) -> None:
    """A letter now and then, for ever."""
    request.send_response(200)
    request.send_header("Content-Length", "1000000")
    request.end_headers()
    while not request.server.is_over.wait(0.02):
        request.wfile.write(b"x")


def drops_heads(request: Request) -> None:
    """A head now and then, for ever."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not request.server.is_over.wait(0.02):
        request.wfile.write(b"x")


def says_nothing(request: Request) -> None:
    """It listens, and that is all."""
    request.server.is_over.wait(10)


@pytest.mark.parametrize("answer", [drops, drops_heads, says_nothing])
def test_a_slow_server_is_left_at_the_deadline(answer: Answer, serve: Serve) -> None:
    refused = refusal_of(answer, serve, FetchLimits(seconds=0.3))
    assert (type(refused), str(refused)) == (
        fetching.TookTooLong,
        "feeds.example did not send the file within 0.3 seconds. It is tried again later; "
        "if it stays slow, have the file prepared before it is fetched.",
    )


def test_a_slow_name_server_is_left_at_the_deadline(serve: Serve) -> None:
    web, _ = serve({})

    class Slow(Resolver):
        def addresses(self, host: str) -> list[str]:
            web.is_over.wait(10)
            return []

    with pytest.raises(fetching.TookTooLong):
        fetch(ADDRESS, resolver=Slow(), limits=FetchLimits(seconds=0.1))


TOO_LARGE = (
    "The file at feeds.example is larger than 0.5 MB, which is the most that is taken. "
    "Split the list into several files."
)


def endless(request: Request) -> None:
    """Bytes without a promise of how many."""
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    while not request.server.is_over.is_set():
        request.wfile.write(bytes(65_536))


def endless_pieces(request: Request) -> None:
    """Pieces without an end."""
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    while not request.server.is_over.is_set():
        request.wfile.write(b"10000\r\n%s\r\n" % bytes(65_536))


@pytest.mark.parametrize(
    "answer", [sends(b"", length=524_289), sends(bytes(524_289)), endless, endless_pieces]
)
def test_a_file_over_the_limit_is_refused_while_it_comes(answer: Answer, serve: Serve) -> None:
    refused = refusal_of(answer, serve, FetchLimits(size_bytes=524_288, seconds=20))
    assert (type(refused), str(refused)) == (fetching.FileTooLarge, TOO_LARGE)


def test_a_file_at_the_limit_is_taken(serve: Serve) -> None:
    _, names = serve({"/stock.csv": sends(bytes(524_288))})
    assert len(fetch(ADDRESS, resolver=names, limits=FetchLimits(size_bytes=524_288)).content) == 524_288


def cut(head: bytes) -> Answer:
    """The beginning of an answer, and an end of the connection without a farewell."""

    def answer(request: Request) -> None:
        request.wfile.write(head)
        request.close_connection = True

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        sends(STOCK, length=10_000, Connection="close"),
        cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nStock"),
        cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nStock\r\n"),
        cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nStock"),
        cut(b"HTTP/1.1 200 OK\r\n\r\nStock"),
    ],
)
def test_half_a_file_never_passes_for_a_whole_one(answer: Answer, serve: Serve) -> None:
    """In replace mode half a list would take the other half down."""
    refused = refusal_of(answer, serve)
    assert (type(refused), str(refused)) == (
        fetching.FileCutShort,
        "The connection to feeds.example ended before the file did. Nothing of it was taken; "
        "it is tried again later.",
    )


def test_a_file_of_unknown_length_ends_with_a_farewell(serve: Serve) -> None:
    def answer(request: Request) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + STOCK)
        request.close_connection = True
        assert isinstance(request.request, ssl.SSLSocket)
        request.request.unwrap()

    _, names = serve({"/stock.csv": answer})
    assert fetch(ADDRESS, resolver=names).content == STOCK


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (204, "feeds.example sent no file (status 204). Check the address in a browser."),
        (206, "feeds.example sent no file (status 206). Check the address in a browser."),
        (304, "feeds.example sent no file (status 304). Check the address in a browser."),
        (
            403,
            "feeds.example lets us in only with permission (status 403). Use an address that is open to us.",
        ),
        (404, "feeds.example has no file at this address (status 404). Copy the address anew."),
        (503, "feeds.example cannot answer now (status 503). It is tried again later."),
    ],
)
def test_an_answer_without_a_file_is_told_in_our_words(status: int, sentence: str, serve: Serve) -> None:
    refused = refusal_of(sends(b"", status=status, X_Reason="<b>their words</b>"), serve)
    assert (type(refused), str(refused)) == (fetching.ServerRefused, sentence)


@pytest.mark.parametrize(
    "answer",
    [
        cut(b"220 mail.example ESMTP\r\n"),
        cut(b"HTTP/1.1 abc\r\n\r\n"),
        cut(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"),
        cut(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n"),
    ],
)
def test_what_is_no_web_server_is_refused(answer: Answer, serve: Serve) -> None:
    refused = refusal_of(answer, serve)
    assert (type(refused), str(refused)) == (
        fetching.AnswerNotUnderstood,
        "feeds.example did not answer as a web server does. Check the address in a browser.",
    )


@pytest.mark.parametrize("packing", ["gzip", "br", "deflate, gzip", "x-bomb"])
def test_a_packed_answer_is_refused_unopened(packing: str, serve: Serve) -> None:
    refused = refusal_of(sends(b"\x1f\x8b", Content_Encoding=packing), serve)
    assert (type(refused), str(refused)) == (
        fetching.AnswerNotUnderstood,
        "feeds.example sends the file packed though we asked for it plain. Have it sent as it is.",
    )


NOT_TRUSTED = "The certificate of {} is not valid for this name. Whoever runs that server has to renew it."


def test_a_certificate_for_another_name_is_refused_before_anything_is_said(serve: Serve) -> None:
    web, names = serve({"/stock.csv": sends()}, **{"other.example": [LOOPBACK]})
    with pytest.raises(fetching.CertificateNotTrusted) as caught:
        fetch("https://other.example/stock.csv", resolver=names)
    assert str(caught.value) == NOT_TRUSTED.format("other.example")
    assert web.heard == []


def test_a_certificate_of_an_unknown_authority_is_refused(
    serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> None:
    web, names = serve({"/stock.csv": sends()})
    web.context.load_cert_chain(Authority(tmp_path_factory.mktemp("stranger")).certificate(HOST))
    with pytest.raises(fetching.CertificateNotTrusted) as caught:
        fetch(ADDRESS, resolver=names)
    assert (str(caught.value), web.heard) == (NOT_TRUSTED.format(HOST), [])


def test_production_believes_no_authority_of_a_test_and_checks_names(serve: Serve) -> None:
    trust = Resolver().trust()
    assert (trust.verify_mode, trust.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert trust.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_nobody_listening_is_refused(authority: Authority) -> None:
    gone = Listener()
    gone.close()
    with pytest.raises(fetching.ServerNotReached) as caught:
        fetch(ADDRESS, resolver=Loopback(gone.port, authority.file, **{HOST: [LOOPBACK]}))
    assert str(caught.value) == (
        "feeds.example does not answer by https. Check the address; if it is right, it is tried again later."
    )


def test_a_server_that_accepts_and_says_nothing_is_left_at_the_deadline(authority: Authority) -> None:
    silent = Listener()
    names = Loopback(silent.port, authority.file, **{HOST: [LOOPBACK]})
    with pytest.raises(fetching.TookTooLong):
        fetch(ADDRESS, resolver=names, limits=FetchLimits(seconds=0.2))
    silent.close()


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="daily.csv"', "daily.csv"),
        ("attachment; filename*=UTF-8''d%C3%A4ily%2F..%2Fa.csv", "a.csv"),
        ("attachment; filename*=bogus''%ff%fe", None),
        ('attachment; filename*0="da"; filename*1="ily.csv"', "daily.csv"),
        ("attachment", "stock.csv"),
        ("filename=;;;=", "stock.csv"),
        ("attachment; filename*x=1; filename*999999999999=b", None),
    ],
)
def test_a_server_may_name_its_file(header: str, name: str | None, serve: Serve) -> None:
    _, names = serve({"/stock.csv": sends(Content_Disposition=header)})
    got = fetch(ADDRESS, resolver=names)
    assert got.content == STOCK
    assert name is None or got.file_name == name


def test_a_look_follows_what_sends_it_on_and_takes_nothing_of_the_body(serve: Serve) -> None:
    gone = f"https://{HOST}/gone.jpg"
    web, names = serve(
        {
            "/old.jpg": sends(b"", status=302, Location="/a.jpg"),
            "/a.jpg": sends(b"x" * 5, length=10**12),  # more than anybody would take
            "/gone.jpg": sends(status=404),
        }
    )
    assert look(f"https://{HOST}/old.jpg", resolver=names, limits=WITHIN) == Looked(200, "")
    told = f"{HOST} has no file at this address (status 404). Copy the address anew."
    assert look(gone, resolver=names, limits=WITHIN) == Looked(404, told)
    assert [(one.path, one.headers["Range"]) for one in web.heard] == [
        ("/old.jpg", "bytes=0-0"), ("/a.jpg", "bytes=0-0"), ("/gone.jpg", "bytes=0-0"),
    ]  # fmt: skip


@pytest.mark.parametrize("onward", ["https://inside.example/", "https://127.0.0.1/", "http://feeds.example/"])
def test_a_look_that_is_sent_inside_ends_there(serve: Serve, onward: str) -> None:
    web, names = serve(
        {"/a.jpg": sends(b"", status=302, Location=onward)}, **{"inside.example": ["10.0.0.5"]}
    )
    with pytest.raises((NoPublicServer, HostIsNumber, NotHttps)):
        look(f"https://{HOST}/a.jpg", resolver=names, limits=WITHIN)
    assert len(web.heard) == 1
