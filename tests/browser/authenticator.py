"""Chromium's own virtual authenticator: a device that keeps passkeys and is always unlocked."""

from typing import Any

from playwright.sync_api import CDPSession, Page

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Authenticator:
    """The virtual authenticator of one page."""

    def __init__(self, page: Page, *credentials: dict[str, Any], **how: Any) -> None:
        self._talk: CDPSession = page.context.new_cdp_session(page)
        self._talk.send("WebAuthn.enable")
        made = self._talk.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | how})
        self._id = {"authenticatorId": made["authenticatorId"]}
        for credential in credentials:
            self._talk.send("WebAuthn.addCredential", {**self._id, "credential": credential})

    def credentials(self) -> list[dict[str, Any]]:
        """The keys it holds, private halves included."""
        held: list[dict[str, Any]] = self._talk.send("WebAuthn.getCredentials", self._id)["credentials"]
        return held
