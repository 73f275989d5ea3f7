"""Reading on the public host, below /{lang}/: the same pages, for texts that everybody may read."""

from django.urls import include, path

from documents.pages.library import views as library

app_name = "documents"
urlpatterns = [
    path("library/", library.library, name="library"),
    path("library/i/", include("documents.pages.urls_editions")),
]
