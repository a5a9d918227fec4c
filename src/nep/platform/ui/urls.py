from django.urls import path

from nep.platform.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("evidence/", views.evidence, name="gallery_evidence"),
    path("theme/", views.theme, name="theme"),
]
