"""What firms are, trade and go through, as people read it."""

from django.utils.translation import gettext_lazy as _

NATURES = {
    "manufacturer": _("Manufacturer"),
    "wholesaler": _("Wholesaler"),
    "dealer": _("Dealer"),
    "broker": _("Broker"),
    "retailer": _("Retailer"),
    "jewellery maker": _("Jewellery maker"),
    "service": _("Service: laboratory, logistics, software"),
    "other": _("Other"),
}
SIZES = {
    "1": _("One person"),
    "2–9": _("2 to 9 people"),
    "10–49": _("10 to 49 people"),
    "50–249": _("50 to 249 people"),
    "250 or more": _("250 people or more"),
}
TRADES = {
    "natural polished": _("Natural polished"),
    "lab-grown polished": _("Lab-grown polished"),
    "rough": _("Rough"),
    "fancy colours": _("Fancy colours"),
    "small goods": _("Small goods"),
    "jewellery": _("Jewellery"),
}
STATES = {
    "new": _("New"),
    "more wanted": _("Asked for more"),
    "answered": _("Answered"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
}
SAID = {
    "company_name": _("Company name"),
    "legal_name": _("Legal name"),
    "registration_number": _("Registration number"),
    "address": _("Address"),
    "website": _("Website"),
    "nature": _("Kind of business"),
    "size": _("Size"),
    "trades": _("Trades in"),
    "sides": _("Buys or sells"),
    "person_name": _("Who applies"),
    "email": _("E-mail address"),
    "telephone": _("Telephone"),
    "bank_reference": _("Bank reference"),
    "trade_references": _("Trade references"),
    "associations": _("Trade associations"),
}
