"""What the operator writes about an applicant, a list, a hit, a suspension."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4_000


def _words(
    label: object, told: object, hint: object = "", *, needed: bool = True, rows: int = 3
) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=hint,  # type: ignore[arg-type]
        required=needed,
        max_length=LONGEST,
        error_messages={"required": told},  # type: ignore[dict-item]
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class NoteForm(forms.Form):
    """A note that no applicant sees."""

    note = _words(_("Note"), _("Write the note"), _("For whoever runs this exchange alone"))


class AskForm(forms.Form):
    """A request for more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = _words(
        _("What do you want to know?"),
        _("Write what you want to know"),
        _("The applicant reads it as it stands"),
    )


class DecisionForm(forms.Form):
    """Accept or decline, why, and what the applicant is told."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("accept", _("Accept: the company becomes a member, and the applicant is invited as its owner")),
            ("decline", _("Decline: the application is closed")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision"), "invalid_choice": _("Choose a decision")},
    )
    name = forms.CharField(
        label=_("Name on the exchange"),
        help_text=_("Where it is accepted"),
        max_length=200,
        required=False,
    )
    reason = _words(
        _("Why"), _("Write why you decide so"), _("For whoever runs this exchange alone; stays on record")
    )
    sentence = _words(
        _("What the applicant is told"),
        "",
        _("Needed where you decline; added to the mail where you accept"),
        needed=False,
    )


class ListForm(forms.Form):
    """A list of names, as its authority publishes it."""

    name = forms.CharField(
        label=_("Name of the list"),
        help_text=_("For example EU consolidated list. Its next edition takes its place under the same name"),
        max_length=200,
        error_messages={"required": _("Give the list a name, for example EU consolidated list")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV with a header (name, aliases, type, country, programme, id), SDN.CSV as OFAC publishes it, "
            "or the XML of the European Union, the United Nations or OFAC; at most 50 MB"
        ),
        max_length=200,
        error_messages={"required": _("Choose the file of the list"), "empty": _("The file is empty")},
    )
    other_names = forms.FileField(
        label=_("Other names"),
        help_text=_("ALT.CSV, which goes with SDN.CSV"),
        required=False,
        max_length=200,
        error_messages={"empty": _("The file of other names is empty")},
    )


class HitForm(forms.Form):
    """Whether it is the same, and why."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        label=_("Is it the same?"),
        choices=[
            ("another", _("No, it is another who bears a like name")),
            ("the same", _("Yes, it is the one on the list")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether it is the same"),
            "invalid_choice": _("Say whether it is the same"),
        },
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("What you compared: date of birth, address, number. It stays on record"),
        max_length=1_000,
        error_messages={"required": _("Write what you compared")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SuspendForm(forms.Form):
    """Why a company is off the market."""

    because = forms.CharField(
        label=_("Why"),
        help_text=_("The company’s people read it on every page"),
        max_length=1_000,
        error_messages={"required": _("Write why: the company’s people read it on every page")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=_("Yes, take its stock off the market now"),
        error_messages={"required": _("Tick the box to suspend the company")},
    )
