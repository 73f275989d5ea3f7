"""Addresses of the public host: GET only, nobody is signed in, nothing is remembered (docs/access.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.documents.views.serve import serve as campaign_file

from config import views
from config.running import status
from directory.api.endpoints import api as hsds
from documents.pages import urls as reading
from materials.pages import urls as materials
from metadata import urls as metadata
from outreach.pages import urls as outreach
from public.files import picture
from search.api.endpoints import api

handler404 = "public.views.not_found"
handler400 = "theme.refusals.bad_request"
handler500 = "theme.views.server_error"

urlpatterns = [
    path("", views.to_language),
    path("healthz", status.healthz),
    path("readyz", status.readyz),
    path("favicon.ico", views.favicon),
    path("", include(metadata.files)),
    path("api/v1/", api.urls),
    path("api/hsds/3/", hsds.urls),
    path("files/", include(reading.files)),
    path("f/", include(materials.files)),
    path("m/", include(outreach.short)),
    path("pictures/<str:name>", picture, name="picture"),
    path("", include("recordings.urls")),
    re_path(r"^campaign-files/(\d+)/(.*)$", campaign_file, name="wagtaildocs_serve"),
    *i18n_patterns(
        path("library/search/", include("search.urls")),
        path("glossary/", include("search.pages.urls_glossary")),
        path("", include(reading.public)),
        path("materials/", include("materials.pages.urls")),
        path("services/", include("directory.pages.urls")),
        path("", include(metadata.pages)),
        path("", include("public.urls")),
    ),
]
