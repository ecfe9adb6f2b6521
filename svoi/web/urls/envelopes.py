"""Envelopes: one by its reference, and those of a community."""

from django.urls import path

from svoi.web.views import envelope_lists, envelope_sending, envelopes, quiet

urlpatterns = [
    path("envelopes/<uuid:reference>/", envelopes.envelope, name="envelope"),
    path("envelopes/<uuid:reference>/shares", envelopes.shares, name="envelope_shares"),
    path("envelopes/<uuid:reference>/proof/", envelopes.proof, name="envelope_proof"),
    path("c/<slug:slug>/envelopes/", envelope_lists.listing, name="envelopes"),
    path("c/<slug:slug>/envelopes/rules/", envelope_lists.rules, name="envelope_rules"),
    path("c/<slug:slug>/envelopes/new/", envelope_sending.new, name="new_envelope"),
    path("me/quiet", quiet.quiet, name="my-quiet"),
]
