"""The page on which a trader adds and removes pictures, and the files themselves as browsers get them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bourse.doors.web import session, stones
from bourse.doors.web.forms import render_form, told_on
from bourse.doors.web.links import found_at
from bourse.doors.web.media.forms import FilesForm, FilmForm, sent
from bourse.doors.web.stone import media as shown
from bourse.doors.web.stone.picture import KEPT
from bourse.doors.web.who import MemberRequest, actor_of, for_companies
from bourse.kit import clock
from bourse.kit.refusal import NotThere
from bourse.market import actions, queries
from bourse.market.queries import LinkView, ListingView
from bourse.market.queries.media import PDF


@require_http_methods(["GET", "POST"])
@for_companies
def stone_media(request: MemberRequest, listing_id: str) -> HttpResponse:
    """What is kept of an own stone; files, or a film by its address, are added here."""
    view = _own(request, listing_id)
    if request.method != "POST":
        return _page(request, view, FilesForm(use_required_attribute=False), _film(None))
    if "address" in request.POST:
        return _add_film(request, view)
    return _add_files(request, view)


@for_companies
def remove_media(request: MemberRequest, listing_id: str, media_id: str) -> HttpResponse:
    """The own stone without one of its pictures, its certificate or a film."""
    if request.method != "POST":
        return redirect("stone_media", listing_id)
    done = actions.remove_media(
        actor=request.actor, listing_id=listing_id, media_id=media_id, now=clock.now()
    )
    messages.success(request, gettext("It is removed. Buyers do not see it any more."))
    return session.remember_edit(redirect("stone_media", listing_id), done.fact_id)


@require_safe
def media_file(request: HttpRequest, listing_id: str, media_id: str) -> HttpResponse:
    """A picture, or its thumbnail, shown where nothing of it can run; a certificate is a file to be kept."""
    is_small = request.GET.get("size") == "small"
    found = queries.media_file(actor_of(request), listing_id, media_id, is_small=is_small)
    as_file = f'attachment; filename="certificate-{media_id}.pdf"'
    headers = {
        "Content-Disposition": as_file if found.media_type == PDF else "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": KEPT,
        "Vary": "Cookie",
    }
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


def _own(request: MemberRequest, listing_id: str) -> ListingView:
    view = queries.listing(request.actor, listing_id)
    if not view.is_own:
        raise NotThere("There is no such listing.")
    return view


def _add_files(request: MemberRequest, view: ListingView) -> HttpResponse:
    form = FilesForm(request.POST, request.FILES, use_required_attribute=False)
    with told_on(form):
        files = sent(request.FILES.getlist("sent"))
        done = actions.add_media(actor=request.actor, listing_id=view.public_id, files=files, now=clock.now())
        said = ngettext("%(count)s file is added.", "%(count)s files are added.", len(done.media))
        messages.success(request, said % {"count": len(done.media)})
        return session.remember_edit(redirect("stone_media", view.public_id), done.fact_id)
    return _page(request, view, form, _film(None))


def _add_film(request: MemberRequest, view: ListingView) -> HttpResponse:
    form = _film(request)
    if form.is_valid():
        with told_on(form):
            address = form.cleaned_data["address"]
            done = actions.add_film(
                actor=request.actor, listing_id=view.public_id, address=address, now=clock.now()
            )
            messages.success(request, gettext("The film is added."))
            return session.remember_edit(redirect("stone_media", view.public_id), done.fact_id)
    return _page(request, view, FilesForm(use_required_attribute=False), form)


def _film(request: HttpRequest | None) -> FilmForm:
    return FilmForm(request.POST if request else None, use_required_attribute=False)


def _page(request: MemberRequest, view: ListingView, files: FilesForm, film: FilmForm) -> HttpResponse:
    may_change = view.is_live and request.actor.may_trade
    context: dict[str, object] = {
        "name": stones.name(view.claims),
        "address": reverse("stone_media", args=[view.public_id]),
        "back": reverse("stone", args=[view.public_id]),
        "kept": shown.kept(view),
        "links": [_line(one) for one in queries.links_of(request.actor, view.public_id)],
        "may_change": may_change,
        "files_form": files,
        "film_form": film,
    }
    return render_form(request, "web/media/page.html", context, files, film)


def _line(link: LinkView) -> dict[str, object]:
    """A link with what was found there."""
    return {
        "kind": shown.kind(link.kind),
        "address": link.address,
        "says": found_at(link),
        "is_dead": link.state == "dead",
    }
