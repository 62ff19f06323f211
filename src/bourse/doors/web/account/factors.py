"""Second factors of one's own: passkeys, the app that shows codes, recovery codes."""

from io import BytesIO
from urllib.parse import quote, urlencode

import qrcode
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from bourse.doors.web.account import passkeys
from bourse.doors.web.account.forms import AddPasskeyForm, AppForm, PasskeyNameForm
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.who import MemberRequest, for_members, proved_recently, sent_only
from bourse.kit import clock
from bourse.kit.refusal import Refusal
from bourse.kit.sealed import seal, unseal
from bourse.members.actions.signing import codes
from bourse.members.actions.signing import passkeys as keys
from bourse.members.one_time_codes import new_secret
from bourse.members.queries import exchange
from bourse.members.queries.signing import credentials_of, security, who
from bourse.members.queries.signing import passkey as own_passkey

SECRET, SECRET_LIVES_S = "secret of an app that is set up", 1800


@require_http_methods(["GET", "POST"])
@never_cache
@for_members
@proved_recently
def add_passkey(request: MemberRequest) -> HttpResponse:
    """Have the browser make a passkey, and give it a name."""
    public_id, email, name = who(request.actor.person_id)
    form = AddPasskeyForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        with told_on(form):
            new = passkeys.added(request, public_id, given["state"], given["answer"])
            keys.add_passkey(
                actor=request.actor,
                name=given["name"],
                credential_id=new.credential_id,
                credential=new.credential,
                sign_count=new.sign_count,
                now=clock.now(),
            )
            return _on(request)
    known = credentials_of(request.actor.person_id)
    question = passkeys.ask_to_add(request, public_id, email, name, known)
    return render_form(request, "web/account/add_passkey.html", {"form": form, "question": question}, form)


@require_http_methods(["GET", "POST"])
@for_members
@proved_recently
def passkey(request: MemberRequest, passkey_id: str) -> HttpResponse:
    """One passkey: its name, and the button that removes it."""
    view = own_passkey(request.actor.person_id, passkey_id)
    form = PasskeyNameForm(request.POST or None, initial={"name": view.name})
    if form.is_valid():
        with told_on(form):
            keys.rename_passkey(
                actor=request.actor, passkey_id=passkey_id, now=clock.now(), **form.cleaned_data
            )
            return redirect("security")
    return render_form(request, "web/account/passkey.html", {"form": form, "key": view}, form)


@sent_only("passkey")
@for_members
@proved_recently
def remove_passkey(request: MemberRequest, passkey_id: str) -> HttpResponse:
    """The passkey lets nobody in any more."""
    keys.remove_passkey(actor=request.actor, passkey_id=passkey_id, now=clock.now())
    return redirect("security")


@require_http_methods(["GET", "POST"])
@never_cache
@for_members
@proved_recently
@sensitive_variables("secret")
def set_up_app(request: MemberRequest) -> HttpResponse:
    """Give an app its secret, as a picture and in letters, and have it show a code."""
    public_id, email, _ = who(request.actor.person_id)
    form = AppForm(request.POST or None)
    sealed = request.POST.get("sealed") or seal(SECRET, f"{public_id} {new_secret()}")
    secret = _secret_of(public_id, sealed)
    if form.is_valid():
        with told_on(form):
            codes.set_up_code_app(
                actor=request.actor, secret=secret, code=form.cleaned_data["code"], now=clock.now()
            )
            return _on(request)
    context = {
        "form": form,
        "sealed": sealed,
        "picture": _picture(_address(email, secret)),
        "letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render_form(request, "web/account/set_up_app.html", context, form)


@sent_only("security")
@for_members
@proved_recently
def remove_app(request: MemberRequest) -> HttpResponse:
    """The app's codes let nobody in any more."""
    codes.remove_code_app(actor=request.actor, now=clock.now())
    return redirect("security")


@require_http_methods(["GET", "POST"])
@never_cache
@for_members
@proved_recently
@sensitive_variables("drawn")
def recovery_codes(request: MemberRequest) -> HttpResponse:
    """How many are left; new ones, which the answer alone shows."""
    drawn: list[str] = []
    if request.method == "POST":
        drawn = codes.draw_recovery_codes(actor=request.actor, now=clock.now())
    context = {
        "drawn": drawn,
        "file": quote("\r\n".join([gettext("Recovery codes of %s") % exchange().name, "", *drawn, ""])),
        "ways": security(request.actor.person_id),
    }
    return render(request, "web/account/recovery_codes.html", context)


def _on(request: MemberRequest) -> HttpResponse:
    """To the recovery codes, of which nobody with a second factor should be without."""
    has_codes = security(request.actor.person_id).recovery_codes_left
    return redirect("security" if has_codes else "recovery_codes")


class SecretNotYours(Refusal):
    """The secret was sealed for somebody else."""

    status = 404


def _secret_of(public_id: str, sealed: str) -> str:
    owner, _, secret = unseal(SECRET, sealed, max_age_s=SECRET_LIVES_S).partition(" ")
    if owner != public_id:
        raise SecretNotYours
    return secret


def _address(email: str, secret: str) -> str:
    house = exchange().name
    return f"otpauth://totp/{quote(house)}:{quote(email)}?" + urlencode({"secret": secret, "issuer": house})


def _picture(text: str) -> SafeString:
    """The text as a square of dots, an SVG that no style of its own colours."""
    drawn = BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, border=4).save(drawn)
    svg = drawn.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308  made of dots, whatever the text is
