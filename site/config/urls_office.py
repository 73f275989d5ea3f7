"""Addresses of the office host: everybody there is signed in (docs/access.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import views

urlpatterns = [
    path("", views.to_language),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("files/", include("documents.reading.urls_files")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("people.urls")),
        path("desk/reviews/", include("workflows.desk.urls")),
        path("desk/", include("documents.desk.urls")),
        path("review/", include("workflows.room.urls")),
        path("", include("mail.urls")),
        path("", include("documents.reading.urls")),
    ),
]
