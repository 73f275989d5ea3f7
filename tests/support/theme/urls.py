"""A site with the style page alone, and the pages that a bar needs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from theme import views

urlpatterns = i18n_patterns(
    path("styles/", views.styles, name="styles"),
    path("library/", views.styles, name="library"),
    path("library/rs/", views.styles, name="library-rs"),
    path("search/", views.styles, name="find"),
    path("out/", views.styles, name="out"),
)
