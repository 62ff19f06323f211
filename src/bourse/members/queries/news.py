"""What is told of a company's keys to whoever hears a fact of them: nobody asks, so nobody is refused."""

import msgspec

from bourse.members.models import ApiKey


class KeyNews(msgspec.Struct, frozen=True):
    """A key in few words; `prefix` is what its owners know it by."""

    public_id: str
    name: str
    prefix: str


def key_news(key_id: int) -> KeyNews | None:
    """The key; None where it is gone."""
    found = ApiKey.objects.filter(pk=key_id).values_list("public_id", "name", "prefix").first()
    return KeyNews(*found) if found else None
