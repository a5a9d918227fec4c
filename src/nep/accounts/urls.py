"""Addresses of accounts."""

from django.urls import path

from nep.accounts.views import account, elevation, factors, links, passkeys, provider, sign_in

urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-nhap/buoc-hai/", sign_in.second_step, name="second_step"),
    path("dang-nhap/khoa/", passkeys.passkey_sign_in, name="passkey_sign_in"),
    path("dang-nhap/co-quan/", provider.leave, name="provider"),
    path("dang-nhap/co-quan/ve/", provider.come_back, name="provider_back"),
    path("dang-nhap/quen/", links.forgotten, name="forgotten"),
    path("dang-nhap/quen/da-gui/", links.link_sent, name="link_sent"),
    path("dang-nhap/phieu/", links.slip, name="slip"),
    path("dang-nhap/dat-mat-khau/<str:code>/", links.set_password, name="set_password"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/phien/<int:session_id>/ket-thuc/", account.session_end, name="session_end"),
    path("tai-khoan/phien/ket-thuc/", account.sessions_end_others, name="sessions_end_others"),
    path("tai-khoan/xac-nhan/", elevation.confirm_identity, name="confirm_identity"),
    path("tai-khoan/quan-tri/", elevation.elevate, name="elevate"),
    path("tai-khoan/quan-tri/tat/", elevation.leave_elevation, name="leave_elevation"),
    path("tai-khoan/hai-lop/", factors.totp, name="totp"),
    path("tai-khoan/hai-lop/tat/", factors.totp_remove, name="totp_remove"),
    path("tai-khoan/ma-du-phong/", factors.recovery_codes, name="recovery_codes"),
    path("tai-khoan/khoa/", passkeys.passkey_add, name="passkey_add"),
    path("tai-khoan/khoa/<int:passkey_id>/go/", passkeys.passkey_remove, name="passkey_remove"),
]
