"""Addresses of the organisation."""

from django.urls import path

from nep.org.views import people, units

urlpatterns = [
    path("", units.units, name="units"),
    path("<int:unit_id>/", units.unit, name="unit"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/<int:person_id>/", people.person, name="person"),
]
