"""The expected no: raised by orders and readers, worded for the person who reads it."""

from typing import ClassVar


class Refusal(Exception):
    """A no that the house foresaw. `str(refusal)` is the sentence shown, `code` its stable name in an API."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    retry_after_s: int = 0  # when the same may be asked again with success; 0 where never

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)
            cls.code = words.removeprefix("_")


class NotThere(Refusal):
    """What was asked for does not exist, or is not the asker's: nobody can tell which."""

    status = 404
