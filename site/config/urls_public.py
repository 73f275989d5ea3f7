"""Addresses of the public host: GET only, nobody is signed in, nothing is remembered (docs/access.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import views

urlpatterns = [
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("files/", include("documents.reading.urls_files")),
    *i18n_patterns(
        path("", include("documents.reading.urls_public")),
    ),
]
