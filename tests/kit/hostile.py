"""What somebody would write, or have his name server say, to be led inside."""

METADATA = "169.254.169.254"

# One place, 127.0.0.1, in the spellings that some reader or other takes for it; and other places inside.
NUMBERS = [
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0177.0.0.01", "0x7f.0.0.1", "0x7f.1", "0x7f000001",
    "0X7F000001",
    "2130706433", "017700000001", "127.0.0.0x1", "127.0.0.01", "127.000.000.001", "00000177.0.0.1",
    "127.00.1",
    "0x7f.0x0.0x0.0x1", "0177.0x0.0.1", "127.0x1", "127.16777215", "127.255.255.255", "127.8.8.8", "0",
    "0.0", "0.0.0.0",
    "0x0", "00", "0.0.0.1", "1", "10.0.0.1", "10.1", "012.0.0.1", "0xa.0.0.1", "167772161",
    "0x0a000001",
    "172.16.0.1", "172.31.255.254", "0xac.0x10.0.1", "2886729729", "192.168.0.1", "192.168.1",
    "0300.0250.0.1",
    "0xc0a80001", "3232235521", "100.64.0.1", "100.100.100.200", "0x64646464", "169.254.169.254",
    "169.254.43518",
    "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "025177524776", "169.254.170.2", "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "4294967295", "0xffffffff", "168.63.129.16", "8.8.8.8", "1.1", "134744072", "999.999.999.999",
    "256.0.0.1",
    "1.2.3.4.5", "0x7f.0.0.1.", "127.0.0.1.", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1",
    "１２７.0.0.1", "①②⑦.⓪.⓪.①",
    "①⑥⑨.②⑤④.①⑥⑨.②⑤④", "𝟏𝟐𝟕.𝟎.𝟎.𝟏", "0ⅹ7f000001", "２１３０７０６４３３", "127%2e0%2e0%2e1",
    "%31%32%37.0.0.1",
    "127.0.0.1%00.feeds.example", "127.0.0.1%2523",
]  # fmt: skip
BRACKETS = [
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[fe80::1]",
    "[fe80::1%25lo]",
    "[fe80::1%lo]", "[fe80::1%25eth0]", "[fc00::1]", "[fd00:ec2::254]", "[fd20:ce::254]", "[fec0::1]",
    "[ff02::1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:7f00:1::1]", "[2001::1]", "[2001:db8::1]", "[100::1]", "[2606:4700::1111]", "[::1", "::1]",
    "[]", "[v1.x]",
    "[127.0.0.1]", "[::ffff:0:127.0.0.1]",
]  # fmt: skip
NOT_NAMES = [
    "localhost", "LOCALHOST", "localhost.", "ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "intranet",
    "ip6-localhost", "feeds.example.",
    "feeds..example", ".feeds.example", "feeds.example..", "feeds_1.example", "-feeds.example",
    "feeds-.example",
    "feeds.example%2f.evil.example", "fee ds.example", "feeds.exa\u00admple.", "faß.example",
    "feeds\u200d.example",
    "feeds\u2024example", "feeds.example℀.evil.example", "feeds.example／.evil.example",
    "feeds.example＠inside.example",
    "feeds.example：8443", "feeds.example？.inside.example", "feeds.example＃.inside.example",
    "a" * 64 + ".example",
    ".".join(["abcdefgh"] * 29), "é" * 60 + ".example", "feeds.example;inside",
    "feeds.example,inside.example",
    "feeds.example'", "*.example", "!.example", "$(id).example", "feeds.example|inside",
    "{feeds}.example", "",
]  # fmt: skip
ADDRESSES = [
    # other schemes
    "http://feeds.example/a.csv", "HTTP://feeds.example/a.csv", "ftp://feeds.example/a.csv",
    "file:///etc/passwd",
    "file://localhost/etc/passwd", "FILE:/etc/passwd", "gopher://127.0.0.1:70/_x", "data:text/csv,a",
    "dict://127.0.0.1/",
    "ldap://127.0.0.1/", "tftp://127.0.0.1/a", "jar:https://feeds.example/a!/", "javascript:alert(1)",
    "netdoc:///etc/passwd",
    "sftp://feeds.example/a", "ws://feeds.example/", "wss://feeds.example/", "unix:/var/run/a.sock",
    "php://filter/a",
    "view-source:https://feeds.example/", "urlhttps://feeds.example/", "url:https://feeds.example/",
    "//feeds.example/a",
    "/etc/passwd", "feeds.example/a.csv", "", "   ", "https", "https:", "https:/", "https://",
    "https:///a.csv",
    "https:feeds.example", "https:/feeds.example/a.csv", "https://?a", "https://#feeds.example",
    "ht\u200btps://feeds.example",
    # names and passwords
    "https://asha@feeds.example/", "https://asha:secret@feeds.example/", "https://@feeds.example/",
    "https://:@feeds.example/",
    "https://feeds.example@127.0.0.1/", "https://feeds.example:443@127.0.0.1/",
    "https://127.0.0.1@feeds.example/",
    "https://feeds.example%40127.0.0.1@127.0.0.1/", "https://a@b@127.0.0.1/",
    # ports
    "https://feeds.example:80/", "https://feeds.example:22/", "https://feeds.example:8443/",
    "https://feeds.example:5432/",
    "https://feeds.example:0/", "https://feeds.example:65536/", "https://feeds.example:-1/",
    "https://feeds.example:/",
    "https://feeds.example:443:22/", "https://feeds.example:443a/", "https://feeds.example: 443/",
    "https://feeds.example:４４３/",
    "https://feeds.example:6379/", "https://feeds.example:9200/", "https://feeds.example:4430/",
    "https://feeds.example:0x1bb/",
    # signs that end a line or cannot be seen
    "https://feeds.example/a\r\nX: y", "https://feeds.example/a\nb", "https://feeds.example/\ta",
    "https://feeds.example/\x00",
    "https://feeds.example\r\n.inside.example/", "https://feeds.example/\u2028a",
    "https://feeds.example/a\u00a0b",
    "https://feeds.example/\u202egpj.csv", "\x00https://feeds.example/", "https\n://feeds.example/",
    "https://fee\tds.example/",
    "https://feeds.example/\x7f", "https://feeds.example/\u0085",
    "https://feeds.example/ HTTP/1.1\r\nHost: inside\r\n\r\n",
    # backslashes and length
    "https:\\\\127.0.0.1\\a", "https://127.0.0.1\\@feeds.example/",
    "https://feeds.example\\@127.0.0.1/",
    "https://feeds.example/..\\..\\etc", "https://feeds.example/" + "a" * 2_000,
    "https://" + "a" * 5_000 + ".example/",
    "https://feeds.example/?" + "q" * 2_000,
]  # fmt: skip


def addresses() -> list[str]:
    """All of it as addresses that a member could type."""
    hosts = [*NUMBERS, *BRACKETS, *NOT_NAMES]
    return [*(f"https://{host}/stock.csv" for host in hosts), *ADDRESSES]


# What a name server may say; one bad answer among good ones is enough.
ANSWERS: list[list[str]] = [
    *([text] for text in (
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255", "100.100.100.200", "168.63.129.16", "169.254.0.1", METADATA, "169.254.170.2",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::a00:1",
        "64:ff9b:1::808:808", "100::1",
        "2001::1", "2001:0:53aa:64c::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1",
        "5f00::1",
        "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1",
        "ff0e::1",
        "4000::1", "e000::1", "010.0.0.1", "0x7f.0.0.1", "127.1", "2130706433", "inside", "",
    )),
    ["198.41.0.4", "127.0.0.1"], ["127.0.0.1", "198.41.0.4"], ["198.41.0.4", "2606:4700::1111",
    "10.0.0.1"],
    ["198.41.0.4", "::1"], ["2606:4700::1111", METADATA], [],
]  # fmt: skip
PUBLIC = [
    "198.41.0.4",
    "8.8.8.8",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "64:ff9b::808:808",
    "172.32.0.1",
    "100.128.0.1",
]
