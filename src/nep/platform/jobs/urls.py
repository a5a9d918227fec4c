from django.urls import path

from nep.platform.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:run_id>/", views.job, name="job"),
]
