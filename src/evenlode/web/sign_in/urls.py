"""The addresses of sign-in."""

from __future__ import annotations

from django.urls import path

from evenlode.web.sign_in import council_door, demo_door, own_account, setting_up, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.code, name="sign-in-code"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("sign-in/first/app", setting_up.first_app, name="sign-in-first-app"),
    path("sign-in/first/<str:secret>", setting_up.first, name="sign-in-first"),
    path("sign-in/ready", demo_door.ready, name="sign-in-ready"),
    path("sign-in/council", council_door.to_council, name="sign-in-council"),
    path("sign-in/council/back", council_door.from_council, name="sign-in-council-back"),
    path("my-sign-in", own_account.own_sign_in, name="sign-in-own"),
    path("my-sign-in/password", own_account.password, name="sign-in-password"),
    path("my-sign-in/new-app", own_account.new_app, name="sign-in-new-app"),
    path("my-sign-in/new-app/confirm", own_account.confirm_app, name="sign-in-confirm-app"),
    path("my-sign-in/recovery-codes", own_account.recovery, name="sign-in-recovery"),
    path("my-sign-in/elsewhere", own_account.forget_devices, name="sign-in-elsewhere"),
]
