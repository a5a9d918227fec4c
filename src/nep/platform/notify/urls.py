"""Addresses of notices, and of the demo's mailbox."""

from django.urls import path

from nep.platform.notify import pages, views

urlpatterns = [
    path("thong-bao/", pages.notices, name="notices"),
    path("thong-bao/doc-het/", pages.notices_read, name="notices_read"),
    path("thong-bao/cach-nhan/", pages.mail_wish, name="mail_wish"),
    path("thong-bao/mo/<int:notice_id>/", pages.notice_open, name="notice_open"),
    path("thong-bao/<str:digest_day>/", pages.digest, name="digest"),
    path("hop-thu/", views.mailbox, name="mailbox"),
]
