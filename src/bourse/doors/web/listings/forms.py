"""Forms on a file's way into the stock."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.dialects.reading import Question
from bourse.doors.web import figures, sentences, typed

MOST_BYTES = 64 * 1024 * 1024
PASTED_NAME = "pasted.txt"
RATE = "rate"


class UploadForm(forms.Form):
    """A file, or a list pasted as text, and what it does to the stock."""

    file = forms.FileField(
        label=_("Stock file"),
        required=False,
        allow_empty_file=True,
        max_length=200,
        error_messages={"max_length": _("Give the file a name of at most 200 characters")},
    )
    pasted = forms.CharField(
        label=_("Or paste the list"),
        help_text=_("From mail, chat or a spreadsheet, with its heads if it has any"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    mode = forms.ChoiceField(
        label=_("What the file is"),
        choices=[
            ("replace_all", _("My whole stock: what is not in it leaves the exchange")),
            ("add_and_update", _("A part of my stock: add and update, remove nothing")),
        ],
        initial="replace_all",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the file is the whole stock or a part of it")},
    )

    def clean(self) -> dict[str, Any]:
        """With `content` and `file_name`, from whichever of the two was given."""
        said = self.cleaned_data
        file, pasted = said.get("file"), said.get("pasted", "")
        if not file and not pasted.strip():
            self.add_error("file", gettext("Choose a stock file, or paste the list"))
        elif file and pasted.strip():
            self.add_error(
                "pasted", gettext("A file was chosen and a list pasted: clear one of the two, so one is read")
            )
        elif file and file.size > MOST_BYTES:
            shown = {"size": figures.decimal(file.size / 1024**2, 0), "most": MOST_BYTES // 1024**2}
            self.add_error(
                "file",
                gettext(
                    "The file has %(size)s MB; an upload takes %(most)s MB. Leave pictures out, or send parts"
                )
                % shown,
            )
        elif file and not file.size:
            self.add_error(
                "file", gettext("The file is empty: it has no bytes. Save it once more and choose it again")
            )
        else:
            said["file_name"] = file.name if file else PASTED_NAME
            said["kind"] = "file" if file else "pasted"
            said["content"] = file.read() if file else pasted.encode()
        return said


class AnswersForm(forms.Form):
    """Every open question as a choice of its options; what the file does not say is never guessed."""

    def __init__(self, data: Mapping[str, Any] | None, questions: Sequence[Question]) -> None:
        super().__init__(data, auto_id="answer_%s")
        self._asked = {_field_name(question): question for question in questions}
        for name, question in self._asked.items():
            self.fields[name] = forms.ChoiceField(
                label=sentences.said(question.why),
                choices=[(option.value, sentences.said(option.sentence)) for option in question.options],
                widget=forms.RadioSelect,
                error_messages={"required": _missing(question)},
            )
            if question.typed == RATE:
                self.fields[f"{name}_rate"] = _typed_box(
                    gettext("US dollars for one unit"), "n short", "decimal"
                )
                self.fields[f"{name}_day"] = _typed_box(gettext("Rate of which day"), "short", "numeric")

    def clean(self) -> dict[str, Any]:
        """A rate that was chosen is typed too, with its day."""
        for name, question in self._asked.items():
            if question.typed == RATE and self.cleaned_data.get(name) == RATE:
                self._clean_rate(name)
        return self.cleaned_data

    def _clean_rate(self, name: str) -> None:
        rate, day = (
            typed.number(self.cleaned_data[f"{name}_rate"]),
            typed.day(self.cleaned_data[f"{name}_day"]),
        )
        if rate is None or rate <= 0:
            self.add_error(f"{name}_rate", gettext("Enter the rate as a number, for example 1.0842"))
        if day is None:
            self.add_error(f"{name}_day", gettext("Enter the day of the rate, for example 2026-11-24"))
        if rate and day:
            self.cleaned_data[name] = f"{RATE}:{rate}:{day.isoformat()}"

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the questions' own keys."""
        return {question.key: self.cleaned_data[name] for name, question in self._asked.items()}

    @property
    def questions(self) -> list[dict[str, object]]:
        """Each question with the boxes that its answer may need."""
        return [
            {
                "field": self[name],
                "typed": [self[one] for one in (f"{name}_rate", f"{name}_day") if one in self.fields],
            }
            for name in self._asked
        ]


def _typed_box(label: str, css: str, mode: str) -> forms.Field:
    attrs = {"class": css, "inputmode": mode, "autocomplete": "off"}
    return forms.CharField(label=label, max_length=20, required=False, widget=forms.TextInput(attrs=attrs))


def _field_name(question: Question) -> str:
    # A key holds the header's own signs; the name of a field and its id must not.
    return "q" + sha256(question.key.encode()).hexdigest()[:12]


def _missing(question: Question) -> str:
    if question.header:
        return gettext("Choose an answer for column “%(header)s”") % {"header": question.header}
    return gettext("Choose an answer to every question")


class ConfirmForm(forms.Form):
    """The difference as it was shown; the number of removals typed, where it is large."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    removing = forms.CharField(
        label=_("Type the number of stones to be removed"), max_length=12, required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, fingerprint: str, needs_number: bool) -> None:
        super().__init__(data, initial={"fingerprint": fingerprint}, auto_id="confirm_%s")
        self.fields["removing"].widget.attrs = {
            "inputmode": "numeric",
            "class": "short",
            "autocomplete": "off",
        }
        if not needs_number:
            del self.fields["removing"]

    def clean_removing(self) -> int | None:
        """The number typed; the order says whether it is the right one."""
        text = self.cleaned_data["removing"]
        if text and typed.whole(text) is None:
            raise forms.ValidationError(gettext("Enter a whole number, for example 664"))
        return typed.whole(text) if text else None
