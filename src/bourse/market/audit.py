"""Whether the market's tables keep every rule that holds across rows: asked of all of them, in SQL.

The database refuses most trespasses one by one. What it cannot see from a single row, and what may be broken
all the same after a restore or a load past the orders, is found here, each rule with its first offender.
"""

# ruff: noqa: S608  the statements are made of this module's own names; every value is passed apart

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from bourse.kit.refusal import Refusal
from bourse.vocabulary import Clarity, Colour, FluorescenceIntensity, Growth, Laboratory, Make, Scale, Shape


class Rule(NamedTuple):
    """A sentence that holds for every row, and what finds the first row for which it does not."""

    sentence: str
    first_offender: str


class Offence(NamedTuple):
    """A broken rule and the first row that breaks it."""

    rule: str
    sentence: str
    offender: str


class MarketIsBroken(Refusal):
    """Rows of the market contradict each other."""


_LAST_ENTRY = "SELECT DISTINCT ON (listing_id) * FROM market_askchange ORDER BY listing_id, id DESC"
_ENTRIES = """SELECT listing_id, at, lag(at) OVER (PARTITION BY listing_id ORDER BY id) AS before
              FROM market_askchange"""
_SPANS = """SELECT listing_id, until_revision, until, is_live,
                   lead(revision) OVER one AS next_revision, lead(until) OVER one AS next_until
            FROM market_pastlisting WINDOW one AS (PARTITION BY listing_id ORDER BY until_revision)"""
_LIVE_TWICE = "FROM market_listing WHERE is_live {more} GROUP BY {by} HAVING count(*) > 1"
_FOREIGN = """SELECT listing.public_id FROM {table} AS entry JOIN market_listing AS listing
                  ON listing.id = entry.{listing}
              JOIN market_upload AS upload ON upload.id = entry.{upload}
              WHERE upload.company_id <> listing.company_id OR upload.state <> 'confirmed'"""

RULES = {
    "one_live_listing_per_stone_and_company": Rule(
        "A company offers a stone once.",
        f"SELECT min(public_id) {_LIVE_TWICE.format(more='', by='stone_id, company_id')}",
    ),
    "one_live_listing_per_stock_number": Rule(
        "A company's stock number names one live listing.",
        "SELECT min(public_id) " + _LIVE_TWICE.format(more="AND stock_key <> ''", by="company_id, stock_key"),
    ),
    "stone_has_a_report_or_an_owner": Rule(
        "A stone has a laboratory and a report number, or an owner.",
        """SELECT public_id FROM market_stone
           WHERE (report_number = '') <> (laboratory = '')
              OR (report_number = '') <> (owner_id IS NOT NULL)""",
    ),
    "one_stone_per_report": Rule(
        "A report is of one stone.",
        """SELECT min(public_id) FROM market_stone WHERE report_number <> ''
           GROUP BY laboratory, report_number HAVING count(*) > 1""",
    ),
    "listing_is_of_the_stone_that_it_names": Rule(
        "A listing's report is its stone's; without a report the stone is its company's own.",
        """SELECT listing.public_id FROM market_listing AS listing
           JOIN market_stone AS stone ON stone.id = listing.stone_id
           WHERE CASE WHEN listing.report_key <> ''
                      THEN (stone.laboratory, stone.report_number)
                           IS DISTINCT FROM (listing.laboratory, listing.report_number)
                      ELSE stone.owner_id IS DISTINCT FROM listing.company_id END""",
    ),
    "keys_are_those_of_the_claims": Rule(
        "The keys by which a row is found again are made of its claims.",
        """SELECT public_id FROM market_listing
           WHERE report_key NOT IN ('', laboratory || ' ' || report_number)
              OR (stock_key = '') <> (supplier_stock_number = '')""",
    ),
    "natural_and_grown_are_apart": Rule(
        "No company offers as natural what another offers as lab-grown.",
        """SELECT min(public_id) FROM market_listing WHERE is_live
           GROUP BY stone_id HAVING count(DISTINCT growth = 'Natural') > 1""",
    ),
    "claims_are_words_of_the_vocabulary": Rule(
        "Every grade is a word of the trade's scales.",
        """SELECT public_id FROM market_listing
           WHERE NOT (growth = ANY (%(growth)s) AND shape = ANY (%(shape)s)
                      AND laboratory = ANY (%(laboratory)s)
                      AND colour = ANY (%(colour)s) AND colour_to = ANY (%(colour)s)
                      AND clarity = ANY (%(clarity)s) AND clarity_to = ANY (%(clarity)s)
                      AND cut = ANY (%(make)s) AND polish = ANY (%(make)s) AND symmetry = ANY (%(make)s)
                      AND fluorescence = ANY (%(fluorescence)s))""",
    ),
    "claims_are_sane": Rule(
        "Weight and asks are positive; a stone has a colour or a fancy colour; sizes are not negative.",
        """SELECT public_id FROM market_listing
           WHERE weight_ct <= 0 OR ask_cents <= 0 OR cash_ask_cents <= 0 OR shape = '' OR growth = ''
              OR (colour = '' AND fancy_colour = '') OR least(length_mm, width_mm, depth_mm) < 0
              OR least(depth_percent, table_percent) < 0""",
    ),
    "other_currency_has_its_rate": Rule(
        "An ask in another currency keeps its rate and the rate's date.",
        """SELECT public_id FROM market_listing
           WHERE (priced_in = '') <> (rate IS NULL) OR (priced_in = '') <> (rate_date IS NULL)
              OR rate <= 0""",
    ),
    "goods_agree_with_the_number_of_stones": Rule(
        "A single is one stone, a parcel several.",
        """SELECT public_id FROM market_listing
           WHERE stones < 1 OR goods = 'single' AND stones <> 1 OR goods = 'parcel' AND stones < 2""",
    ),
    "dates_follow_each_other": Rule(
        "A listing is listed, then changed, then ended, and none of it tomorrow.",
        """SELECT public_id FROM market_listing
           WHERE changed_at < listed_at OR ended_at < listed_at OR changed_at > %(now)s
              OR is_live <> (ended_at IS NULL)""",
    ),
    "every_ask_is_remembered": Rule(
        "A listing's ask, availability and life are those of its history's last entry.",
        f"""SELECT listing.public_id FROM market_listing AS listing
            LEFT JOIN ({_LAST_ENTRY}) AS entry ON entry.listing_id = listing.id
            WHERE entry.id IS NULL
               OR (entry.ask_cents, entry.cash_ask_cents, entry.availability, entry.is_live) IS DISTINCT FROM
                  (listing.ask_cents, listing.cash_ask_cents, listing.availability, listing.is_live)""",
    ),
    "hidden_asks_are_hidden_in_the_history": Rule(
        "An ask that a listing hides is hidden by its history's last entry too.",
        f"""SELECT listing.public_id FROM market_listing AS listing
            JOIN ({_LAST_ENTRY}) AS entry ON entry.listing_id = listing.id
            WHERE (listing.hides_ask AND NOT entry.hides_ask)
               OR (listing.hides_cash_ask AND NOT entry.hides_cash_ask)""",
    ),
    "what_companies_hide_is_remembered": Rule(
        "What a company hides on all its listings is what its last switch said.",
        """SELECT company.public_id FROM market_showing AS showing
           JOIN members_company AS company ON company.id = showing.company_id
           LEFT JOIN (SELECT DISTINCT ON (company_id) * FROM market_showingchange
                      ORDER BY company_id, place DESC) AS switch USING (company_id)
           WHERE (showing.hides_ask, showing.hides_cash_ask)
                 <> (coalesce(switch.hides_ask, FALSE), coalesce(switch.hides_cash_ask, FALSE))""",
    ),
    "ask_history_begins_with_the_listing": Rule(
        "A listing's history begins when it was listed, and its entries follow each other.",
        f"""SELECT listing.public_id FROM ({_ENTRIES}) AS entry
            JOIN market_listing AS listing ON listing.id = entry.listing_id
            WHERE entry.at < coalesce(entry.before, listing.listed_at)
               OR entry.before IS NULL AND entry.at <> listing.listed_at""",
    ),
    "past_listings_join": Rule(
        "What a listing was ends where the next state of it begins, the last where it is as it is now.",
        f"""SELECT listing.public_id FROM ({_SPANS}) AS span
            JOIN market_listing AS listing ON listing.id = span.listing_id
            WHERE span.until_revision <> coalesce(span.next_revision, listing.revision)
               OR span.until > coalesce(span.next_until, listing.changed_at)
               OR span.until < listing.listed_at""",
    ),
    "past_asks_are_in_the_ask_history": Rule(
        "What a listing asked once stands in its ask history.",
        """SELECT listing.public_id FROM market_pastlisting AS past
           JOIN market_listing AS listing ON listing.id = past.listing_id
           WHERE NOT EXISTS (
               SELECT FROM market_askchange AS entry WHERE entry.listing_id = past.listing_id
                   AND (entry.ask_cents, entry.cash_ask_cents, entry.availability)
                       IS NOT DISTINCT FROM (past.ask_cents, past.cash_ask_cents, past.availability))""",
    ),
    "past_is_of_the_same_company": Rule(
        "Only its own company's confirmed uploads changed a listing.",
        " UNION ALL ".join(
            _FOREIGN.format(table=table, listing=listing, upload=upload)
            for table, listing, upload in (
                ("market_listing", "id", "last_upload_id"),
                ("market_askchange", "listing_id", "upload_id"),
                ("market_pastlisting", "listing_id", "upload_id"),
            )
        ),
    ),
    "revisions_go_on": Rule(
        "No revision was given out twice, and the next one is above all that were given.",
        """SELECT 'revision ' || highest FROM (
               SELECT greatest((SELECT max(revision) FROM market_listing),
                               (SELECT max(until_revision) FROM market_pastlisting),
                               (SELECT max(revision) FROM market_upload)) AS highest) AS given,
                market_revision
           WHERE highest > last_value
           UNION ALL
           SELECT public_id FROM market_upload WHERE revision IS NOT NULL AND id IN (
               SELECT max(id) FROM market_upload WHERE revision IS NOT NULL
               GROUP BY revision HAVING count(*) > 1)""",
    ),
    "uploads_count_what_they_changed": Rule(
        "What an upload is said to have added came, or came back, with it.",
        """SELECT upload.public_id FROM market_upload AS upload
           JOIN (SELECT upload_id, count(*) FILTER (WHERE is_live AND NOT was_live) AS new,
                        count(*) FILTER (WHERE NOT is_live) AS removed
                 FROM (SELECT upload_id, is_live,
                              lag(is_live, 1, FALSE) OVER (PARTITION BY listing_id ORDER BY id) AS was_live
                       FROM market_askchange) AS entries
                 WHERE upload_id IS NOT NULL GROUP BY upload_id) AS told ON told.upload_id = upload.id
           WHERE upload.state = 'confirmed' AND (upload.new <> told.new OR upload.removed <> told.removed)""",
    ),
}


def offences(now: datetime) -> list[Offence]:
    """Every broken rule with its first offender; an empty list for a sound market."""
    return list(_found(now))


def refuse_offences(now: datetime) -> None:
    """Nothing for a sound market; MarketIsBroken, with every broken rule, for any other."""
    if found := offences(now):
        raise MarketIsBroken("; ".join(f"{one.rule}: {one.sentence} Not {one.offender}." for one in found))


def _found(now: datetime) -> Iterator[Offence]:
    values: dict[str, datetime | list[str]] = {"now": now, **_words()}
    with connection.cursor() as cursor:
        for name, rule in RULES.items():
            cursor.execute(f"SELECT * FROM ({rule.first_offender}) AS offender LIMIT 1", values)
            if row := cursor.fetchone():
                yield Offence(name, rule.sentence, str(row[0]))


def _words() -> dict[str, list[str]]:
    scales: dict[str, type[Scale]] = {
        "growth": Growth,
        "shape": Shape,
        "laboratory": Laboratory,
        "colour": Colour,
        "clarity": Clarity,
        "make": Make,
        "fluorescence": FluorescenceIntensity,
    }
    return {name: ["", *(str(word.value) for word in scale)] for name, scale in scales.items()}
