"""Addresses of a person's home."""

from django.urls import path

from nep.workbench import views

urlpatterns = [path("", views.today, name="today")]
