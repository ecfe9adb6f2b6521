"""All addresses of the house, surface by surface."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve

urlpatterns = [
    path("", include("svoi.web.urls")),
    path("studio/", include("svoi.studio.urls")),
    path("admin/", include("svoi.admin.urls")),
    path("", include("svoi.api.urls")),
    path("ui/", include("svoi.ui.urls")),
    re_path(r"^pictures/(?P<path>[\w./-]+)$", serve, {"document_root": settings.MEDIA_ROOT}),
]

handler400 = "svoi.ui.views.bad_request"
handler403 = "svoi.ui.views.forbidden"
handler404 = "svoi.ui.views.not_found"
handler500 = "svoi.ui.views.server_error"
