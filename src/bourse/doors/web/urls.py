"""Every page. Addresses name things by public ids; the query string of a search holds its whole state."""

from django.urls import path

from bourse.doors.web.account import again, factors, mailed, security, sign_in
from bourse.doors.web.account import views as account
from bourse.doors.web.acts import views as acts
from bourse.doors.web.branches import views as branches
from bourse.doors.web.colleagues import invitation
from bourse.doors.web.colleagues import views as colleagues
from bourse.doors.web.company import views as firm
from bourse.doors.web.feeds import views as feeds
from bourse.doors.web.front import security_txt
from bourse.doors.web.front import views as front
from bourse.doors.web.joining import views as joining
from bourse.doors.web.keys import views as keys
from bourse.doors.web.listings import history, wizard
from bourse.doors.web.listings import views as listings
from bourse.doors.web.media import views as media
from bourse.doors.web.members import views as members
from bourse.doors.web.notices import views as notices
from bourse.doors.web.operations import views as operations
from bourse.doors.web.operator import views as operator
from bourse.doors.web.personal import views as personal
from bourse.doors.web.search import choices, saved
from bourse.doors.web.search import compare as comparing
from bourse.doors.web.search import views as search
from bourse.doors.web.search import why as explaining
from bourse.doors.web.showing import views as showing
from bourse.doors.web.stock import bulk as stock_bulk
from bourse.doors.web.stock import changed as stock_changed
from bourse.doors.web.stock import edits as stock_edits
from bourse.doors.web.stock import kept as stock_kept
from bourse.doors.web.stock import views as stock
from bourse.doors.web.stone import picture, printed
from bourse.doors.web.stone import views as stone
from bourse.doors.web.vetting import screening, suspension
from bourse.doors.web.vetting import views as vetting
from bourse.doors.web.webhooks import views as webhooks

urlpatterns = [
    path("", front.front, name="front"),
    path(".well-known/security.txt", security_txt.security_txt, name="security_txt"),
    path("join/", joining.join, name="join"),
    path("join/<str:secret>/", joining.applicant, name="applicant"),
    path("join/<str:secret>/answer/", joining.answer, name="answer_application"),
    path("join/<str:secret>/withdraw/", joining.withdraw, name="withdraw_application"),
    path("vetting/", vetting.queue, name="vetting"),
    path("vetting/lists/", screening.lists, name="screening"),
    path("vetting/lists/<slug:list_id>/retire/", screening.retire, name="retire_list"),
    path("vetting/hits/<slug:hit_id>/", screening.hit, name="hit"),
    path("vetting/<slug:application_id>/", vetting.application, name="application"),
    path("vetting/<slug:application_id>/note/", vetting.note, name="note_application"),
    path("vetting/<slug:application_id>/ask/", vetting.ask, name="ask_application"),
    path("vetting/<slug:application_id>/decide/", vetting.decide, name="decide_application"),
    path(
        "vetting/<slug:application_id>/documents/<slug:document_id>/",
        vetting.document,
        name="application_document",
    ),
    path("members/<slug:company_id>/suspension/", suspension.suspension, name="suspension"),
    path("members/<slug:company_id>/reinstate/", suspension.reinstate, name="reinstate"),
    path("search/", search.search, name="search"),
    path("search/compare/", comparing.compare, name="compare"),
    path("search/why/", explaining.why, name="why"),
    path("search/columns/", choices.columns, name="search_columns"),
    path("search/view/", choices.view, name="search_view"),
    path("search/export/", choices.as_file, name="search_export"),
    path("search/saved/", saved.searches, name="saved_searches"),
    path("search/saved/new/", saved.save, name="save_search"),
    path("search/saved/<slug:search_id>/", saved.search, name="saved_search"),
    path("search/saved/<slug:search_id>/look/", saved.look, name="look_at_search"),
    path("search/saved/<slug:search_id>/remove/", saved.remove, name="forget_search"),
    path("stones/<slug:listing_id>/", stone.stone, name="stone"),
    path("stones/<slug:listing_id>/drawing.svg", picture.drawing, name="drawing"),
    path("stones/<slug:listing_id>/sheet/", printed.stone_sheet, name="stone_sheet"),
    path("stones/<slug:listing_id>/media/", media.stone_media, name="stone_media"),
    path("stones/<slug:listing_id>/media/<slug:media_id>/", media.media_file, name="media_file"),
    path("stones/<slug:listing_id>/media/<slug:media_id>/remove/", media.remove_media, name="remove_media"),
    path("stones/<slug:listing_id>/withdraw/", stone.withdraw, name="withdraw"),
    path("listings/", stock.stock, name="listings"),
    path("listings/columns/", stock.columns, name="stock_columns"),
    path("listings/since/", stock_changed.changed, name="stock_changed"),
    path("listings/views/", stock_kept.views, name="stock_views"),
    path("listings/views/<slug:view_id>/", stock_kept.view, name="stock_view"),
    path("listings/views/<slug:view_id>/remove/", stock_kept.remove_view, name="remove_stock_view"),
    path("listings/change/", stock_bulk.change_stock, name="change_stock"),
    path("listings/undo/", stock_bulk.undo, name="undo_delist"),
    path("listings/stones/<slug:listing_id>/", stock_edits.edit_row, name="edit_row"),
    path("listings/upload/", listings.upload, name="upload"),
    path("listings/uploads/", listings.uploads, name="uploads"),
    path("listings/uploads/<slug:upload_id>/", listings.upload_detail, name="upload_detail"),
    path("listings/uploads/<slug:upload_id>/sheets/", wizard.sheets, name="upload_sheets"),
    path("listings/uploads/<slug:upload_id>/columns/", wizard.columns, name="upload_columns"),
    path("listings/uploads/<slug:upload_id>/values/", wizard.values, name="upload_values"),
    path("listings/uploads/<slug:upload_id>/rows/", wizard.rows, name="upload_rows"),
    path("listings/uploads/<slug:upload_id>/rows.<slug:kind>", history.refused_file, name="refused_file"),
    path("listings/uploads/<slug:upload_id>/progress/", wizard.progress, name="upload_progress"),
    path("listings/uploads/<slug:upload_id>/changes/", history.changed, name="upload_changes"),
    path("listings/uploads/<slug:upload_id>/restore/", history.restore, name="restore"),
    path("listings/layouts/", history.layouts, name="layouts"),
    path("listings/stock.<slug:kind>", history.export, name="export_stock"),
    path("listings/template/", history.template, name="template"),
    path("listings/template.<slug:kind>", history.template_file, name="template_file"),
    path("listings/uploads/<slug:upload_id>/answers/", listings.answer, name="answer"),
    path("listings/uploads/<slug:upload_id>/confirm/", listings.confirm, name="confirm"),
    path("listings/uploads/<slug:upload_id>/abandon/", listings.abandon, name="abandon"),
    path("listings/feeds/", feeds.feeds, name="feeds"),
    path("listings/feeds/add/", feeds.add_feed, name="add_feed"),
    path("listings/feeds/<slug:feed_id>/", feeds.feed, name="feed"),
    path("listings/feeds/<slug:feed_id>/change/", feeds.change_feed, name="change_feed"),
    path("listings/feeds/<slug:feed_id>/pause/", feeds.pause_feed, name="pause_feed"),
    path("listings/feeds/<slug:feed_id>/resume/", feeds.resume_feed, name="resume_feed"),
    path("listings/feeds/<slug:feed_id>/run/", feeds.run_feed, name="run_feed"),
    path("listings/feeds/<slug:feed_id>/remove/", feeds.remove_feed, name="remove_feed"),
    path("developer/webhooks/", webhooks.webhooks, name="webhooks"),
    path("developer/webhooks/add/", webhooks.add_webhook, name="add_webhook"),
    path("developer/webhooks/<slug:webhook_id>/", webhooks.webhook, name="webhook"),
    path("developer/webhooks/<slug:webhook_id>/change/", webhooks.change_webhook, name="change_webhook"),
    path("developer/webhooks/<slug:webhook_id>/secret/", webhooks.rotate_webhook, name="rotate_webhook"),
    path("developer/webhooks/<slug:webhook_id>/test/", webhooks.send_test_event, name="test_webhook"),
    path("developer/webhooks/<slug:webhook_id>/enable/", webhooks.enable_webhook, name="enable_webhook"),
    path("developer/webhooks/<slug:webhook_id>/remove/", webhooks.remove_webhook, name="remove_webhook"),
    path(
        "developer/webhooks/<slug:webhook_id>/sent/<slug:delivery_id>/",
        webhooks.replay_delivery,
        name="replay_delivery",
    ),
    path("notices/", notices.inbox, name="notices"),
    path("notices/triage/", notices.triage, name="triage"),
    path("notices/unsubscribe/<str:secret>/", notices.unsubscribe, name="unsubscribe"),
    path("companies/<slug:company_id>/", firm.member_profile, name="member_profile"),
    path("invitation/<str:secret>/", invitation.invited, name="invitation"),
    path("account/company/information/", firm.information, name="company_information"),
    path("account/company/profile/", firm.profile, name="company_profile"),
    path("account/company/private/", firm.particulars, name="company_particulars"),
    path("account/branches/", branches.branches, name="branches"),
    path("account/branches/add/", branches.add_branch, name="add_branch"),
    path("account/branches/<slug:branch_id>/", branches.branch, name="branch"),
    path("account/branches/<slug:branch_id>/close/", branches.close_branch, name="close_branch"),
    path("account/colleagues/", colleagues.colleagues, name="colleagues"),
    path("account/colleagues/invite/", colleagues.invite, name="invite_colleague"),
    path("account/colleagues/leave/", colleagues.leave, name="leave_company"),
    path(
        "account/colleagues/invitations/<slug:invitation_id>/withdraw/",
        colleagues.withdraw,
        name="withdraw_invitation",
    ),
    path(
        "account/colleagues/invitations/<slug:invitation_id>/again/",
        colleagues.send_again,
        name="send_invitation_again",
    ),
    path("account/colleagues/<slug:person_id>/role/", colleagues.role, name="colleague_role"),
    path("account/colleagues/<slug:person_id>/remove/", colleagues.remove, name="remove_colleague"),
    path("account/colleagues/<slug:person_id>/hand-over/", colleagues.hand_over, name="hand_over"),
    path("account/personal/", personal.personal, name="personal"),
    path("account/personal/archive/", personal.take_archive, name="personal_archive"),
    path("account/personal/erase/", personal.erase, name="erase_account"),
    path("members/", members.companies, name="members"),
    path("members/<slug:company_id>/", members.company, name="member"),
    path("operator/exchange/", operator.exchange, name="exchange"),
    path("operator/acts/", acts.all_acts, name="all_acts"),
    path("operator/acts/check/", acts.check_audit, name="check_audit"),
    path("operator/differing/", operator.differing, name="differing"),
    path("look/<slug:version>/colours.css", operator.colours, name="colours"),
    path("look/<slug:version>/logo", operator.logo, name="logo"),
    path("operations/", operations.house, name="operations"),
    path("operations/try-again/", operations.try_again, name="try_again"),
    path("account/notices/", notices.choices, name="notice_choices"),
    path("account/sign-in/", sign_in.sign_in, name="account_login"),
    path("account/sign-in/passkey/", sign_in.by_passkey, name="passkey_sign_in"),
    path("account/sign-in/second/", sign_in.second_factor, name="second_factor"),
    path("account/sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/again/", again.again, name="again"),
    path("account/password/forgotten/", mailed.forgotten, name="forgotten"),
    path("account/password/new/<str:secret>/", mailed.new_password, name="new_password"),
    path("account/address/<str:secret>/", mailed.confirm_email, name="confirm_email"),
    path("account/security/", security.security, name="security"),
    path("account/security/password/", security.change_password, name="change_password"),
    path("account/security/address/", security.change_email, name="change_email"),
    path("account/security/address/verify/", security.verify_email, name="verify_email"),
    path("account/security/passkeys/add/", factors.add_passkey, name="add_passkey"),
    path("account/security/passkeys/<slug:passkey_id>/", factors.passkey, name="passkey"),
    path(
        "account/security/passkeys/<slug:passkey_id>/remove/", factors.remove_passkey, name="remove_passkey"
    ),
    path("account/security/app/", factors.set_up_app, name="set_up_app"),
    path("account/security/app/remove/", factors.remove_app, name="remove_app"),
    path("account/security/codes/", factors.recovery_codes, name="recovery_codes"),
    path("account/security/sign-ins/<slug:sign_in_id>/end/", security.end_sign_in, name="end_sign_in"),
    path("account/security/sign-ins/end-others/", security.end_others, name="end_others"),
    path("account/company/", account.company, name="company"),
    path("account/acts/", acts.acts, name="acts"),
    path("account/acts.csv", acts.acts_file, name="acts_file"),
    path("account/showing/", showing.showing, name="showing"),
    path("account/keys/", keys.keys, name="keys"),
    path("account/keys/add/", keys.add_key, name="add_key"),
    path("account/keys/<slug:key_id>/replace/", keys.rotate_key, name="rotate_key"),
    path("account/keys/<slug:key_id>/revoke/", keys.revoke_key, name="revoke_key"),
    path("account/display/", account.display, name="display"),
    path("account/link/<str:secret>/", account.one_time_link, name="link"),
]
