"""Which answers an upload takes: those to its questions, and the supplier's own words on its columns."""

from datetime import date, datetime

import msgspec

from bourse.dialects import Question, SheetFound, field_names
from bourse.dialects.rates import RATE, is_rate, rate_of
from bourse.dialects.tables.encodings import ENCODINGS
from bourse.market.models import Upload
from bourse.market.reading import Answers
from bourse.market.refusals import AnswerNotOffered

NOTHING, READ, LEAVE = "nothing", "read", "leave"
MOST_ANSWERS, LONGEST_ANSWER = 2_000, 400
_LONGEST_NUMBER = 10


def refuse_what_is_not_offered(found: Upload, answers: Answers, now: datetime) -> None:
    """Nothing, or a refusal that names the answer and what would be one."""
    if len(answers) > MOST_ANSWERS:
        raise AnswerNotOffered(f"{len(answers):,} answers at once; at most {MOST_ANSWERS:,}.")
    asked = {q.key: q for q in msgspec.convert(found.report.get("questions", []), list[Question])}
    for key, answer in answers.items():
        if answer == "" and key in found.answers:
            continue
        if len(key) > LONGEST_ANSWER or len(answer) > LONGEST_ANSWER:
            raise AnswerNotOffered(f"{answer[:60]} … is too long for an answer.")
        if key in asked:
            _refuse_unless_option(asked[key], answer, now)
        elif not _is_own_word(found, key, answer) and key not in found.answers:
            raise AnswerNotOffered(f"This file asks no question called {key}.")


def refuse_what_means_nothing(answers: Answers, known: Answers) -> None:
    """Nothing, or a refusal of an answer that no file of a layout could take."""
    fields = _fields()
    for key, answer in answers.items():
        kind, _, name = key.partition(":")
        if key not in known:
            raise AnswerNotOffered(f"Nothing called {key} is remembered.")
        if answer and kind == "column":
            _offered(answer, {NOTHING, *fields}, is_there=True)
        elif answer and kind == "value":
            _offered(answer, {NOTHING, *fields.get(name.partition(":")[0], [])}, is_there=True)
        elif answer and answer != known[key]:
            raise AnswerNotOffered("An answer to a question is forgotten here; the next file asks it again.")


def fresh(answers: Answers, today: date) -> Answers:
    """The answers without rates of another day: yesterday's rate would price today's stock."""
    return {key: answer for key, answer in answers.items() if not is_rate(answer) or _day(answer) == today}


def _day(rate: str) -> date | None:
    return date.fromisoformat(rate.rpartition(":")[2])


def _refuse_unless_option(question: Question, answer: str, now: datetime) -> None:
    if question.typed == RATE and is_rate(answer):
        rate_of(answer, question.header or "unit", now.date())
        return
    offered = {option.value for option in question.options} - ({RATE} if question.typed == RATE else set())
    if answer not in offered:
        raise AnswerNotOffered(f"{answer} is no answer to this question: {', '.join(sorted(offered))}.")


def _is_own_word(found: Upload, key: str, answer: str) -> bool:
    """Whether the supplier says something of a column, a spelling or a sheet that the file has."""
    kind, _, name = key.partition(":")
    match kind:
        case "column":
            return _offered(answer, {NOTHING, *_fields()}, name in _known(found, "columns", "key"))
        case "value":
            words = {NOTHING, *_fields().get(name.partition(":")[0], [])}
            return _offered(answer, words, key in _known(found, "values", "key"))
        case "sheet":
            return _offered(answer, {READ, LEAVE}, name in _known(found, "sheets", "name"))
        case "header":
            return _is_row(found, name, answer)
        case "encoding":
            return _offered(answer, set(ENCODINGS), is_there=not name)
    return False


def _is_row(found: Upload, name: str, answer: str) -> bool:
    """Whether a sheet has the row that is to name its columns."""
    sheets = msgspec.convert(found.report.get("sheets", []), list[SheetFound])
    sheet = next((sheet for sheet in sheets if sheet.name == name), None)
    if sheet is None or not (answer.isascii() and answer.isdigit()):
        return False
    if sheet.last and not (len(answer) < _LONGEST_NUMBER and sheet.has_row(int(answer))):
        raise AnswerNotOffered(f"Nothing stands in row {answer}; the last row of the file is {sheet.last}.")
    return True


def _offered(answer: str, offered: set[str], is_there: bool) -> bool:
    if is_there and answer not in offered:
        raise AnswerNotOffered(f"{answer} is none of: {', '.join(sorted(offered))}.")
    return is_there


def _fields() -> dict[str, list[str]]:
    return {field.name: field.words for field in field_names()}


def _known(found: Upload, part: str, name: str) -> set[str]:
    return {entry[name] for entry in found.report.get(part, [])}
