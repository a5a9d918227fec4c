from django.urls import path

from nep.platform.notify import views

urlpatterns = [path("", views.mailbox, name="mailbox")]
