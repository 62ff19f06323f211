"""The groups of public fields, and the claims in which suppliers may differ, as people read them."""

from django.utils.translation import gettext_lazy as _

from bourse.members.public_fields import PublicField

PUBLIC_FIELDS = {
    PublicField.COLOUR: _("Colour"),
    PublicField.CLARITY: _("Clarity"),
    PublicField.CUT: _("Cut"),
    PublicField.POLISH: _("Polish"),
    PublicField.SYMMETRY: _("Symmetry"),
    PublicField.FLUORESCENCE: _("Fluorescence"),
    PublicField.TREATMENT: _("Treatment"),
    PublicField.LABORATORY: _("Laboratory"),
    PublicField.REPORT_NUMBER: _("Report number: whoever has it can look the stone up elsewhere"),
    PublicField.MEASUREMENTS: _("Measurements"),
    PublicField.PROPORTIONS: _("Proportions"),
    PublicField.INCLUSIONS: _("Shade, milkiness and inclusions"),
    PublicField.GOODS: _("Single stone, pair or parcel"),
    PublicField.COUNTRY: _("Country"),
    PublicField.AVAILABILITY: _("Availability"),
    PublicField.ASK: _("Asks, unless the supplier hides them"),
    PublicField.SUPPLIER: _("Supplier, unless he hides his name"),
}
