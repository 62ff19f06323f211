"""Pages behind mailed links, and the page that asks for one. None says whether an address is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bourse.doors.web.account.forms import ForgottenForm, NewPasswordForm
from bourse.doors.web.account.tries import may_mail
from bourse.doors.web.forms import render_form, told_on
from bourse.kit import clock
from bourse.members.actions.signing import mailed_links, passwords
from bourse.members.queries.signing import mailed_link
from bourse.members.ways import Purpose


@require_http_methods(["GET", "POST"])
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by which a new password is set; the same answer whoever the address belongs to."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if may_mail(request, email):
            passwords.ask_for_new_password(email=email, now=clock.now())
        return render(request, "web/account/mail_sent.html", {"email": email})
    return render_form(request, "web/account/forgotten.html", {"form": form}, form)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def new_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password; then sign in with it, with the second factor where there is one."""
    link = mailed_link(secret, Purpose.PASSWORD, now=clock.now())
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            passwords.set_new_password(secret=secret, now=clock.now(), **form.cleaned_data)
            return redirect("account_login")
    return render_form(request, "web/account/new_password.html", {"form": form, "link": link}, form)


@require_http_methods(["GET", "POST"])
@never_cache
def confirm_email(request: HttpRequest, secret: str) -> HttpResponse:
    """That the person reads what goes to the address; from then on he signs in with it."""
    link = mailed_link(secret, Purpose.ADDRESS, now=clock.now())
    is_done = request.method == "POST"
    if is_done:
        mailed_links.confirm_email(secret=secret, now=clock.now())
    return render(request, "web/account/confirm_email.html", {"link": link, "is_done": is_done})
