"""The living page of the look and the outbox; answered only in development and on a demo."""

from django.urls import path

from svoi.ui import outbox, views

app_name = "ui"
urlpatterns = [
    path("", views.living, name="living"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:letter_id>/", outbox.letter, name="letter"),
    path("outbox/<int:letter_id>/page", outbox.letter_page, name="letter-page"),
]
