"""The sample's files of the past: who sent which when, and what each changed."""

from collections.abc import Iterator

from bourse.market.filling import PastUpload
from bourse.run.sample.copying import Market, public_ids
from bourse.run.sample.suppliers import SUPPLIERS


def uploads(market: Market) -> Iterator[PastUpload]:
    """The files that changed something, the oldest first; whole once the market's lines are made."""
    names = public_ids(market.dice_for_names(), market.told.new.size)
    found = sorted(each for firm in range(len(SUPPLIERS)) for each in _of_firm(market, firm, names))
    yield from found


def _of_firm(market: Market, firm: int, names: list[str]) -> Iterator[PastUpload]:
    live, host = 0, SUPPLIERS[firm].mail_host.removesuffix(".example")
    places = market.sends[firm].place.tolist()
    for place, at in zip(places, market.sends[firm].times, strict=True):
        new, changed, removed = (int(counts[place]) for counts in market.told.columns())
        if new or changed or removed:
            yield PastUpload(
                place=place,
                public_id=names[place],
                company_id=market.people.companies[firm],
                person_id=market.people.persons[firm],
                file_name=f"{host}_stock_{at:%Y-%m-%d}.csv",
                confirmed_at=at,
                new=new,
                changed=changed,
                removed=removed,
                unchanged=live - changed - removed,
            )
        live += new - removed
