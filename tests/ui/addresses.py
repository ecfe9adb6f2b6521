"""The living page alone, so that these tests know no other surface."""

from django.urls import include, path

urlpatterns = [path("ui/", include("svoi.ui.urls"))]

handler404 = "svoi.ui.views.not_found"
