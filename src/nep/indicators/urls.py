"""Addresses of indicators."""

from django.urls import path

from nep.indicators.views import figures, imports, pages, registry

urlpatterns = [
    path("", pages.indicators, name="indicators"),
    path("so-lieu/", pages.indicator_figures, name="indicator_figures"),
    path("dat-moi/", registry.indicator_new, name="indicator_new"),
    path("tep/<int:import_id>/", imports.indicator_imported, name="indicator_imported"),
    path("tep/<int:import_id>/ghi/", imports.indicator_import_commit, name="indicator_import_commit"),
    path("tep/<int:import_id>/tep-goc/", imports.indicator_import_file, name="indicator_import_file"),
    path("cua/<slug:code>/", pages.indicator, name="indicator"),
    path("cua/<slug:code>/sua/", registry.indicator_edit, name="indicator_edit"),
    path("cua/<slug:code>/so/<int:unit_id>/<str:period>/", pages.indicator_figure, name="indicator_figure"),
    path("cua/<slug:code>/nhap/<int:unit_id>/", figures.indicator_enter, name="indicator_enter"),
    path(
        "cua/<slug:code>/rut/<int:unit_id>/<str:period>/",
        figures.indicator_take_back,
        name="indicator_take_back",
    ),
    path("cua/<slug:code>/yeu-cau/<int:unit_id>/", registry.indicator_ask, name="indicator_ask"),
    path("cua/<slug:code>/thoi-yeu-cau/<int:unit_id>/", registry.indicator_ask_end, name="indicator_ask_end"),
    path("cua/<slug:code>/nhap-tep/<int:unit_id>/", imports.indicator_import, name="indicator_import"),
    path(
        "cua/<slug:code>/tep-mau/<int:unit_id>/<str:period>/",
        imports.indicator_template,
        name="indicator_template",
    ),
]
