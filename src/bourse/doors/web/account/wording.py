"""How ways of signing in and browsers are called on pages."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bourse.members.ways import How

HOWS = {
    How.PASSWORD: _("by password"),
    How.PASSKEY: _("by passkey"),
    How.PASSWORD_AND_PASSKEY: _("by password and passkey"),
    How.PASSWORD_AND_CODE: _("by password and code"),
    How.PASSWORD_AND_RECOVERY: _("by password and recovery code"),
    How.LINK: _("by a link"),
}
# The first that fits: some browsers name others beside themselves.
BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
CALLED = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "CrOS", "Linux")
SYSTEMS_CALLED = {"Mac OS": "macOS", "CrOS": "ChromeOS"}


def how_said(how: How) -> str:
    """The way in words that follow *signed in*."""
    return str(HOWS[how])


def device_name(agent: str) -> str:
    """The browser and the system as people call them, from what the browser says of itself."""
    browser = next((name for name in BROWSERS if re.search(rf"\b{name}\w*/", agent)), "")
    system = next((name for name in SYSTEMS if name in agent), "")
    named = [CALLED.get(browser, browser), SYSTEMS_CALLED.get(system, system)]
    if not any(named):
        return gettext("Another program")
    if not all(named):
        return "".join(named)
    return gettext("%(browser)s on %(system)s") % {"browser": named[0], "system": named[1]}
