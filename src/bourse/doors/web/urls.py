"""Every page. Addresses name things by public ids; the query string of a search holds its whole state."""

from django.urls import path

from bourse.doors.web.account import views as account
from bourse.doors.web.front import views as front
from bourse.doors.web.members import views as members

urlpatterns = [
    path("", front.front, name="front"),
    path("members/", members.companies, name="members"),
    path("members/<slug:company_id>/", members.company, name="member"),
    path("account/sign-in/", account.sign_in, name="account_login"),
    path("account/sign-out/", account.sign_out, name="account_logout"),
    path("account/company/", account.company, name="company"),
    path("account/display/", account.display, name="display"),
    path("account/link/<str:secret>/", account.one_time_link, name="link"),
]
