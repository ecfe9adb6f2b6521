"""The members' addresses, part by part."""

from svoi.web.urls import communities, flash, law, live, members, shop, shows

urlpatterns = [
    *members.urlpatterns,
    *law.urlpatterns,
    *communities.urlpatterns,
    *shop.urlpatterns,
    *shows.urlpatterns,
    *live.urlpatterns,
    *flash.urlpatterns,
]
