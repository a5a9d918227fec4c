"""Addresses of the organisation."""

from django.urls import path

from nep.org import views

urlpatterns = [
    path("", views.units, name="units"),
    path("<int:unit_id>/", views.unit, name="unit"),
    path("nguoi/", views.people, name="people"),
    path("nguoi/<int:person_id>/", views.person, name="person"),
]
