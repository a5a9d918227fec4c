"""Every address of the product; the words in them are Vietnamese because people read them."""

from django.urls import include, path

from nep.movements.views.units import unit_work
from nep.org.views import trail

urlpatterns = [
    path("", include("nep.workbench.urls")),
    path("", include("nep.accounts.urls")),
    path("to-chuc/<int:unit_id>/phong-trao/", unit_work, name="unit_work"),
    path("to-chuc/", include("nep.org.urls")),
    path("van-ban/", include("nep.documents.urls")),
    path("chi-so/", include("nep.indicators.urls")),
    path("phong-trao/", include("nep.movements.urls")),
    path("danh-sach/", include("nep.platform.lists.urls")),
    path("nhat-ky/", trail.trail, name="trail"),
    path("nhat-ky/<int:event_id>/", trail.trail_event, name="trail_event"),
    path("nhat-ky/xuat/", trail.trail_export, name="trail_export"),
    path("nhat-ky/xuat/<slug:token>/", trail.trail_bundle, name="trail_bundle"),
    path("viec-nen/", include("nep.platform.jobs.urls")),
    path("", include("nep.platform.notify.urls")),
    path("ui/", include("nep.platform.ui.urls")),
]

handler400 = "nep.platform.requests.errors.bad_request"
handler403 = "nep.platform.requests.errors.forbidden"
handler404 = "nep.platform.requests.errors.not_found"
handler500 = "nep.platform.requests.errors.server_error"
