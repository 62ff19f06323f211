"""Every page that the router has: an example of each, and who looks at it.

A new route without a line here fails the test that reads the router.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ORDERS = {
    "withdraw_invitation",
    "send_invitation_again",
    "personal_archive",
    "search_view",
    "change_stock",
    "undo_delist",
    "remove_stock_view",
    "look_at_search",
    "forget_search",
    "revoke_key",
    "check_audit",
    "restore",
    "withdraw",
    "remove_media",
    "answer",
    "confirm",
    "abandon",
    "change_feed",
    "pause_feed",
    "resume_feed",
    "run_feed",
    "remove_feed",
    "try_again",
    "passkey_sign_in",
    "verify_email",
    "remove_passkey",
    "remove_app",
    "end_sign_in",
    "end_others",
    "answer_application",
    "withdraw_application",
    "note_application",
    "ask_application",
    "decide_application",
    "retire_list",
    "reinstate",
    "triage",
    "change_webhook",
    "rotate_webhook",
    "test_webhook",
    "enable_webhook",
    "remove_webhook",
    "replay_delivery",
}  # routes that only take a form, and answer with a page above
FILES = {
    "search_export",
    "security_txt",
    "application_document",
    "acts_file",
    "drawing",
    "media_file",
    "export_stock",
    "refused_file",
    "template_file",
    "upload_progress",  # a part of the upload's page
    "colours",
    "logo",
}  # routes whose answer is no page


@dataclass(frozen=True)
class Examples:
    """Things of the running house that addresses name."""

    own_stone: str
    other_stone: str
    asking: str
    ready: str
    confirmed: str
    refused: str
    restore: str
    company: str
    applicant: str
    application: str
    hit: str
    branch: str
    colleague: str
    link: str
    feed: str
    webhook: str


def addresses(examples: Examples) -> dict[str, dict[str, str | None]]:
    """By route name: each example's address, and who is signed in there."""
    return {
        "front": {"/": None},
        "search": {
            "/search/": "ben",
            "/search/?growth=both&shape=Round&ct=0.50-1.50&colour=D&colour=E": "ben",
            "/search/?shape=Heart&colour=Z": "ben",
            "/search/?growth=both": "vera",  # who chose cards
            "/search/?shape=Blob": "ben",
        },
        "compare": {
            f"/search/compare/?pick={examples.own_stone}&pick={examples.other_stone}": "ben",
            "/search/compare/": "ben",
        },
        "why": {"/search/why/?shape=Round&colour=D&about=GIA": "ben", "/search/why/?about=none": "ben"},
        "search_columns": {"/search/columns/": "ben"},
        "stone": {
            f"/stones/{examples.own_stone}/": "asha",
            f"/stones/{examples.other_stone}/": "ben",
            "/stones/nothing/": "ben",
        },
        "stone_media": {
            f"/stones/{examples.own_stone}/media/": "asha",
            f"/stones/{examples.own_stone}/media/?": "vera",
        },
        "stone_sheet": {
            f"/stones/{examples.own_stone}/sheet/": "asha",
            f"/stones/{examples.own_stone}/sheet/?size=label": None,
        },
        "listings": {"/listings/": "asha", "/listings/?shape=Pear&state=ended": "vera"},
        "stock_columns": {"/listings/columns/": "asha"},
        "stock_changed": {"/listings/since/": "asha", "/listings/since/?days=31": "ben"},
        "saved_searches": {"/search/saved/": "ben"},
        "save_search": {"/search/saved/new/?shape=Pear": "ben"},
        "saved_search": {"/search/saved/nothing/": "ben"},
        "stock_views": {"/listings/views/": "asha"},
        "stock_view": {"/listings/views/nothing/": "asha"},
        "edit_row": {f"/listings/stones/{examples.own_stone}/": "asha"},
        "keys": {"/account/keys/": "asha", "/account/keys/?as=trader": "tara"},
        "add_key": {"/account/keys/add/": "asha"},
        "rotate_key": {"/account/keys/nothing/replace/": "asha"},
        "developer": {"/developer/": None, "/developer/?signed=in": "asha"},
        "developer_reference": {"/developer/reference/": None},
        "acts": {"/account/acts/": "asha", "/account/acts/?day=x": "tara"},
        "all_acts": {"/operator/acts/": "omar"},
        "developer_requests": {"/developer/requests/": "asha", "/developer/requests/?status=x": "vera"},
        "upload": {"/listings/upload/": "asha"},
        "uploads": {"/listings/uploads/": "asha"},
        "upload_detail": {
            f"/listings/uploads/{examples.asking}/": "asha",
            f"/listings/uploads/{examples.ready}/": "asha",
            f"/listings/uploads/{examples.refused}/": "asha",
            f"/listings/uploads/{examples.restore}/": "asha",
            f"/listings/uploads/{examples.confirmed}/": "vera",
        },
        "upload_sheets": {f"/listings/uploads/{examples.ready}/sheets/": "asha"},
        "upload_columns": {
            f"/listings/uploads/{examples.asking}/columns/": "asha",
            f"/listings/uploads/{examples.ready}/columns/": "asha",
        },
        "upload_values": {f"/listings/uploads/{examples.ready}/values/": "asha"},
        "upload_rows": {
            f"/listings/uploads/{examples.ready}/rows/": "asha",
            f"/listings/uploads/{examples.asking}/rows/": "asha",
        },
        "upload_changes": {
            f"/listings/uploads/{examples.confirmed}/changes/": "vera",
            f"/listings/uploads/{examples.confirmed}/changes/?kind=changed": "asha",
        },
        "layouts": {"/listings/layouts/": "asha"},
        "template": {"/listings/template/": "asha"},
        "feeds": {"/listings/feeds/": "asha"},
        "add_feed": {"/listings/feeds/add/": "asha"},
        "feed": {f"/listings/feeds/{examples.feed}/": "asha"},
        "members": {"/members/": "omar"},
        "join": {"/join/": None},
        "applicant": {examples.applicant: None},
        "vetting": {"/vetting/": "omar", "/vetting/?show=declined": "omar"},
        "application": {f"/vetting/{examples.application}/": "omar"},
        "screening": {"/vetting/lists/": "omar"},
        "hit": {f"/vetting/hits/{examples.hit}/": "omar"},
        "suspension": {f"/members/{examples.company}/suspension/": "omar"},
        "operations": {"/operations/": "omar"},
        "exchange": {"/operator/exchange/": "omar"},
        "differing": {"/operator/differing/": "omar"},
        "member": {f"/members/{examples.company}/": "omar"},
        "account_login": {"/account/sign-in/": None},
        "second_factor": {"/account/sign-in/second/": None},
        "again": {"/account/again/?next=/account/security/": "asha"},
        "forgotten": {"/account/password/forgotten/": None},
        "new_password": {"/account/password/new/nothing/": None},
        "confirm_email": {"/account/address/nothing/": None},
        "security": {"/account/security/": "asha", "/account/security/?done=email": "ben"},
        "change_password": {"/account/security/password/": "asha"},
        "change_email": {"/account/security/address/": "asha"},
        "add_passkey": {"/account/security/passkeys/add/": "asha"},
        "passkey": {"/account/security/passkeys/nothing/": "asha"},
        "set_up_app": {"/account/security/app/": "asha"},
        "recovery_codes": {"/account/security/codes/": "asha"},
        "account_logout": {"/account/sign-out/": "ben"},
        "company": {"/account/company/": "asha"},
        "member_profile": {f"/companies/{examples.company}/": "ben", "/companies/nothing/": "ben"},
        "invitation": {"/invitation/nothing/": None},
        "company_information": {
            "/account/company/information/": "asha",
            "/account/company/information/?": "vera",
        },
        "company_profile": {"/account/company/profile/": "asha"},
        "company_particulars": {"/account/company/private/": "asha"},
        "branches": {"/account/branches/": "asha"},
        "add_branch": {"/account/branches/add/": "asha"},
        "branch": {f"/account/branches/{examples.branch}/": "asha"},
        "close_branch": {f"/account/branches/{examples.branch}/close/": "asha"},
        "colleagues": {"/account/colleagues/": "asha", "/account/colleagues/?": "vera"},
        "invite_colleague": {"/account/colleagues/invite/": "asha"},
        "leave_company": {"/account/colleagues/leave/": "vera"},
        "colleague_role": {f"/account/colleagues/{examples.colleague}/role/": "asha"},
        "remove_colleague": {f"/account/colleagues/{examples.colleague}/remove/": "asha"},
        "hand_over": {f"/account/colleagues/{examples.colleague}/hand-over/": "asha"},
        "personal": {"/account/personal/": "asha"},
        "erase_account": {"/account/personal/erase/": "asha"},
        "showing": {"/account/showing/": "asha"},
        "display": {"/account/display/": "ben"},
        "notices": {"/notices/": "asha", "/notices/?box=saved": "asha"},
        "notice_choices": {"/account/notices/": "asha"},
        "webhooks": {"/developer/webhooks/": "asha"},
        "add_webhook": {"/developer/webhooks/add/": "asha"},
        "webhook": {f"/developer/webhooks/{examples.webhook}/": "asha"},
        "unsubscribe": {"/notices/unsubscribe/nothing/": None},
        "link": {f"/account/link/{examples.link}/": None},
    }


def routes() -> set[str]:
    """The names of all routes of the web door."""
    doors = ("bourse.doors.web.urls", "bourse.doors.web.developer.urls")
    return {name for door in doors for name in _names(get_resolver(door).url_patterns)}


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"The route {pattern.pattern} has no name."
            yield pattern.name
