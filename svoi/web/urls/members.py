"""Sign-up, sign-in, and what a person chose."""

from django.urls import path

from svoi.web.views import me, members

urlpatterns = [
    path("sign-up", members.sign_up_page, name="sign-up"),
    path("sign-in", members.sign_in_page, name="sign-in"),
    path("sign-out", members.sign_out, name="sign-out"),
    path("preferences", members.preferences, name="preferences"),
    path("me", me.me, name="me"),
    path("me/name", me.name, name="my-name"),
    path("me/password", me.password, name="my-password"),
    path("me/sessions/ended", me.ended_sessions, name="my-ended-sessions"),
]
