"""Examples that run: each is executed in the tests against a running house, as it stands here."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Example(NamedTuple):
    """A task, and how it is done in a shell and in Python."""

    name: str
    title: object  # in the reader's language, once it is shown
    about: object
    shell: str
    python: str


HELPER = '''"""exchange.py: one call of the exchange's API."""
import json, os, urllib.error, urllib.request

ROOT = os.environ["BOURSE"] + "/api/v1/"

def call(method, path, body=None, **headers):
    """The answer's JSON; headers as If_Match="…"."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent["Authorization"] = "Bearer " + os.environ["API_KEY"]
    if body is not None and not isinstance(body, bytes):
        body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
    request = urllib.request.Request(ROOT + path, body, sent, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or "null")
    except urllib.error.HTTPError as refused:
        raise SystemExit(json.load(refused)["detail"])
'''
FIELD = '''field() { python3 -c "import json,sys; print(json.load(sys.stdin)$1)"; }
AS="Authorization: Bearer $API_KEY"'''
EXAMPLES = (
    Example(
        "first",
        _("Your own stock"),
        _("The first call: the latest two of your live listings."),
        'curl -s "$BOURSE/api/v1/listings?limit=2" -H "Authorization: Bearer $API_KEY"',
        'from exchange import call\n\nprint(call("GET", "listings?limit=2")["total"])',
    ),
    Example(
        "pages",
        _("All of it, page by page"),
        _("Ask with the `after` of the last answer until it is null."),
        FIELD
        + """
after=
while [ "$after" != None ]; do
  curl -s "$BOURSE/api/v1/listings?limit=250${after:+&after=$after}" -H "$AS" -o page.json
  after=$(field '["after"]' < page.json)
done""",
        """from exchange import call

after, stock = "", []
while after is not None:
    page = call("GET", "listings?limit=250" + (f"&after={after}" if after else ""))
    stock, after = stock + page["listings"], page["after"]
print(len(stock))""",
    ),
    Example(
        "search",
        _("Search the market"),
        _("One parameter for each facet, as in the address of a search on the pages."),
        'curl -s "$BOURSE/api/v1/search?shape=Round&ct=0.50-2.00&sort=ppc&limit=5" \\\n'
        '  -H "Authorization: Bearer $API_KEY"',
        """from exchange import call

found = call("GET", "search?shape=Round&ct=0.50-2.00&sort=ppc&limit=5")
print(found["total"], [row["ppc_cents"] for row in found["listings"]])""",
    ),
    Example(
        "upload",
        _("Send a stock file"),
        _("The file is read, you look at what it would change, and confirm exactly that."),
        FIELD
        + """
curl -s "$BOURSE/api/v1/uploads?name=stock.csv&mode=add_and_update" -H "$AS" -H "Prefer: wait=20" \\
  -H "Content-Type: text/csv" -H "Idempotency-Key: stock-$(date +%s)" --data-binary @stock.csv -o upload.json
id=$(field '["public_id"]' < upload.json)
curl -s "$BOURSE/api/v1/uploads/$id/difference" -H "$AS" -o difference.json
fingerprint=$(field '["fingerprint"]' < difference.json)
curl -s "$BOURSE/api/v1/uploads/$id/confirm" -H "$AS" -H "Content-Type: application/json" \\
  -H "Idempotency-Key: confirm-$id" -d "{\\"fingerprint\\": \\"$fingerprint\\"}\"""",
        """from exchange import call

with open("stock.csv", "rb") as file:
    upload = call("POST", "uploads?name=stock.csv&mode=add_and_update", file.read(),
                  Content_Type="text/csv", Prefer="wait=20")
path = "uploads/" + upload["public_id"]
difference = call("GET", path + "/difference")
print(difference["counts"])
done = call("POST", path + "/confirm", {"fingerprint": difference["fingerprint"]},
            Idempotency_Key="confirm-" + upload["public_id"])
print(done["upload"]["state"], done["is_searchable"])""",
    ),
    Example(
        "ask",
        _("Change an ask"),
        _("The version that you saw goes along; sent twice with one operation id it is done once."),
        FIELD
        + """
curl -s "$BOURSE/api/v1/listings?limit=1" -H "$AS" -o stock.json
id=$(field '["listings"][0]["public_id"]' < stock.json)
version=$(field '["listings"][0]["version"]' < stock.json)
for attempt in 1 2; do
  curl -s -X PATCH "$BOURSE/api/v1/listings/$id" -H "$AS" -H "If-Match: \\"$version\\"" \\
    -H "Idempotency-Key: ask-$id-$version" -H "Content-Type: application/json" -d '{"ask_cents": 650000}'
done""",
        """from exchange import call

stone = call("GET", "listings?limit=1")["listings"][0]
for attempt in range(2):
    done = call("PATCH", "listings/" + stone["public_id"], {"ask_cents": 640000},
                If_Match=f'"{stone["version"]}"',
                Idempotency_Key=f"ask-{stone['public_id']}-{stone['version']}")
print(done["listing"]["ask_cents"], done["listing"]["version"] - stone["version"])""",
    ),
    Example(
        "many",
        _("Change many asks at once"),
        _("First what it would do, then exactly that: the fingerprint of the preview says what you saw."),
        FIELD
        + """
order='"selection": {"filter": {"shapes": ["Round"]}}, "change": {"kind": "percent", "percent": "-1.5"}'
curl -s "$BOURSE/api/v1/listings/preview" -H "$AS" -H "Content-Type: application/json" \\
  -d "{$order}" -o preview.json
fingerprint=$(field '["fingerprint"]' < preview.json)
curl -s "$BOURSE/api/v1/listings/change" -H "$AS" -H "Content-Type: application/json" \\
  -d "{$order, \\"fingerprint\\": \\"$fingerprint\\"}\"""",
        """from exchange import call

order = {"selection": {"filter": {"shapes": ["Round"]}},
         "change": {"kind": "percent", "percent": "-1.5"}}
told = call("POST", "listings/preview", order)
done = call("POST", "listings/change", order | {"fingerprint": told["fingerprint"]})
print(done["changed"] == told["changing"], done["is_searchable"])""",
    ),
    Example(
        "withdraw",
        _("Withdraw a listing"),
        _("Its history stays; the ETag of the listing says which version is meant."),
        FIELD
        + """
id=$(curl -s "$BOURSE/api/v1/listings?limit=1" -H "$AS" | field '["listings"][0]["public_id"]')
curl -s -D head.txt -o /dev/null "$BOURSE/api/v1/listings/$id" -H "$AS"
etag=$(sed -n 's/^etag: //Ip' head.txt | tr -d '\\r')
curl -s -X DELETE "$BOURSE/api/v1/listings/$id" -H "$AS" -H "If-Match: $etag\"""",
        """from exchange import call

stone = call("GET", "listings?limit=1")["listings"][0]
gone = call("DELETE", "listings/" + stone["public_id"], If_Match=f'"{stone["version"]}"')
print(gone["listing"]["is_live"])""",
    ),
    Example(
        "refused",
        _("What a refused call says"),
        _("The code is the stable name; each wrong field is named with its cure."),
        'curl -s "$BOURSE/api/v1/listings?limit=1000&afer=x" -H "Authorization: Bearer $API_KEY"',
        """import json, os, urllib.error, urllib.request

address = os.environ["BOURSE"] + "/api/v1/listings?limit=1000"
key = {"Authorization": "Bearer " + os.environ["API_KEY"]}
try:
    urllib.request.urlopen(urllib.request.Request(address, headers=key))
except urllib.error.HTTPError as refused:
    problem = json.load(refused)
    print(problem["code"], problem["errors"][0]["pointer"], problem["errors"][0]["cure"])""",
    ),
)
