"""Files of an own stone as they are chosen, and a film by its address."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from bourse.market.actions import MediaSent
from bourse.market.pictures import MOST_BYTES
from bourse.market.refusals import MediaTooLarge
from bourse.members.papers import plain_name

TAKEN = ".jpg,.jpeg,.png,.webp,.pdf,image/jpeg,image/png,image/webp,application/pdf"


class SeveralFiles(forms.ClearableFileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files of which the order decides; nothing is said of them here."""

    def clean(self, data: object, initial: object = None) -> object:
        """What came, as it came."""
        return data


class FilesForm(forms.Form):
    """Pictures and a certificate; the order looks at each of them."""

    sent = FilesField(
        label=_("Pictures or certificate"),
        help_text=_(
            "Pictures as JPEG, PNG or WebP, at most 12 of a stone and 20 MB each; one certificate as PDF, "
            "at most 10 MB. 60 MB in one sending."
        ),
        widget=SeveralFiles(attrs={"accept": TAKEN}),
        required=False,
    )


class FilmForm(forms.Form):
    """A film that lies elsewhere."""

    address = forms.CharField(
        label=_("Address of a film"),
        help_text=_("Begins with https://. The film stays where it is; at most 4 of a stone."),
        max_length=2_000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the address of the film")},
    )


def sent(files: "list[UploadedFile[bytes]]") -> list[MediaSent]:
    """The files that were chosen; one that is too large is refused before it is read into memory."""
    for file in files:
        if (file.size or 0) > MOST_BYTES:
            raise MediaTooLarge(f"“{plain_name(file.name or '')}” is larger than 20 MB. Send a smaller copy.")
    return [MediaSent(file.name or "", file.read()) for file in files]
