"""Addresses of the organisation."""

from django.urls import path

from nep.org.views import changes, imports, invitations, people, periods, units

urlpatterns = [
    path("", units.units, name="units"),
    path("<int:unit_id>/", units.unit, name="unit"),
    path("<int:unit_id>/them/", changes.unit_open, name="unit_open"),
    path("<int:unit_id>/doi-ten/", changes.unit_rename, name="unit_rename"),
    path("<int:unit_id>/chuyen/", changes.unit_move, name="unit_move"),
    path("<int:unit_id>/gan-lai/", changes.unit_reattach, name="unit_reattach"),
    path("<int:unit_id>/sap-nhap/", changes.unit_merge, name="unit_merge"),
    path("<int:unit_id>/chia-tach/", changes.unit_split, name="unit_split"),
    path("<int:unit_id>/giai-the/", changes.unit_close, name="unit_close"),
    path("bien-dong/", changes.unit_changes, name="unit_changes"),
    path("bien-dong/<int:change_id>/", changes.change, name="change"),
    path("bien-dong/<int:change_id>/huy/", changes.change_withdraw, name="change_withdraw"),
    path("ky-so-lieu/", periods.periods, name="periods"),
    path("ky-so-lieu/<int:unit_id>/khoa/<int:year>/<int:month>/", periods.period_lock, name="period_lock"),
    path("nhap/", imports.imports, name="imports"),
    path("nhap/tai-len/", imports.import_new, name="import_new"),
    path("nhap/mau/<str:kind>/<int:unit_id>/", imports.import_template, name="import_template"),
    path("nhap/<int:import_id>/", imports.imported, name="import"),
    path("nhap/<int:import_id>/tra-loi/", imports.import_answer, name="import_answer"),
    path("nhap/<int:import_id>/kiem-tra-lai/", imports.import_recheck, name="import_recheck"),
    path("nhap/<int:import_id>/ghi/", imports.import_commit, name="import_commit"),
    path("nhap/<int:import_id>/bo/", imports.import_cancel, name="import_cancel"),
    path("nhap/<int:import_id>/ghi-nhan/", imports.import_findings, name="import_findings"),
    path("nhap/<int:import_id>/tep/", imports.import_file, name="import_file"),
    path("nguoi/", people.people, name="people"),
    path("nguoi/<int:person_id>/", people.person, name="person"),
    path("nguoi/<int:person_id>/moi/", invitations.person_invite, name="person_invite"),
    path(
        "nguoi/<int:person_id>/ket-thuc-phien/", invitations.person_sessions_end, name="person_sessions_end"
    ),
    path("nguoi/<int:person_id>/mo-khoa/", invitations.person_unlock, name="person_unlock"),
    path(
        "nguoi/<int:person_id>/go-hai-lop/", invitations.person_factors_remove, name="person_factors_remove"
    ),
    path("<int:unit_id>/moi/", invitations.unit_invite, name="unit_invite"),
]
