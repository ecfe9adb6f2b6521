"""The members' addresses, part by part."""

from svoi.web.urls import communities, envelopes, flash, law, live, members, shop, shows

urlpatterns = [
    *members.urlpatterns,
    *law.urlpatterns,
    *communities.urlpatterns,
    *shop.urlpatterns,
    *shows.urlpatterns,
    *live.urlpatterns,
    *envelopes.urlpatterns,
    *flash.urlpatterns,
]
