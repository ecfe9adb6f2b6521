"""Legal texts, and what a member decides about what is known of her."""

from django.urls import path

from svoi.web.views import legal, my_data

urlpatterns = [
    path("legal/", legal.index, name="legal-index"),
    path("legal/<slug:kind>/", legal.text, name="legal"),
    path("legal/<slug:kind>.txt", legal.words, name="legal-words"),
    path("legal/texts/<slug:sha256>.txt", legal.version, name="legal-version"),
    path("me/data", my_data.my_data, name="my-data"),
    path("me/consents", my_data.consents, name="my-consents"),
    path("me/consents/withdrawn", my_data.withdrawn_consents, name="my-withdrawn-consents"),
    path("me/exports", my_data.exports, name="my-exports"),
    path("me/exports/<uuid:key>", my_data.export, name="my-export"),
    path("me/erasure", my_data.erasure, name="my-erasure"),
    path("me/erasure/recalled", my_data.recalled_erasure, name="my-recalled-erasure"),
]
