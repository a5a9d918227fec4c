"""Addresses that every list has."""

from django.urls import path

from nep.platform.lists import views

urlpatterns = [
    path("tep/<int:export_id>/", views.list_file, name="list_file"),
    path("<slug:code>/cot/", views.list_columns, name="list_columns"),
    path("<slug:code>/cach-xem/", views.list_views, name="list_views"),
    path("<slug:code>/cach-xem/mac-dinh/", views.list_view_default, name="list_view_default"),
    path("<slug:code>/cach-xem/<int:view_id>/", views.list_view, name="list_view"),
    path("<slug:code>/cach-xem/<int:view_id>/bo/", views.list_view_remove, name="list_view_remove"),
    path("<slug:code>/xuat/", views.list_export, name="list_export"),
    path("<slug:code>/viec/<slug:act>/", views.list_act, name="list_act"),
]
