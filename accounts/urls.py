"""Addresses of accounts and organisations; signing in is allauth's, under account/ too."""

from django.urls import path

from accounts.views import concessions, members, organisations, person
from accounts.views.sign_in import SignInView

urlpatterns = [
    path("account/login/", SignInView.as_view(), name="account_login"),
    path("account/", person.my_account, name="my_account"),
    path("account/my-data/", person.my_data, name="my_data"),
    path("account/my-data/download/", person.download_my_data, name="download_my_data"),
    path("account/close/", person.close_account, name="close_account"),
    path("account/help/", concessions.my_concessions, name="my_concessions"),
    path("manage/concessions/", concessions.concessions, name="concessions"),
    path("manage/concessions/<int:pk>/", concessions.concession, name="concession"),
    path("organisations/", organisations.my_organisations, name="my_organisations"),
    path("organisations/add/", organisations.add_organisation, name="add_organisation"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<int:pk>/details/",
        organisations.change_details,
        name="change_organisation",
    ),
    path("organisations/<int:pk>/standing/", organisations.claim, name="claim_concession"),
    path("organisations/<int:pk>/members/add/", members.invite, name="invite_member"),
    path(
        "organisations/<int:pk>/members/<int:member>/",
        members.change_member,
        name="change_member",
    ),
    path(
        "organisations/<int:pk>/members/<int:member>/remove/",
        members.remove,
        name="remove_member",
    ),
    path(
        "organisations/<int:pk>/invitations/<int:invitation>/",
        members.withdraw,
        name="withdraw_invitation",
    ),
    path("invitations/<int:pk>/", members.answer_invitation, name="answer_invitation"),
]
