"""Reading on the office host, below /{lang}/."""

from django.urls import include, path

import documents.pages.url_converters  # noqa: F401  (it registers the parts of addresses)
from documents.pages.compare import files as compare_files
from documents.pages.compare import page as compare
from documents.pages.edition import last_read
from documents.pages.library import views as library

app_name = "documents"
urlpatterns = [
    path("library/", library.library, name="library"),
    path(
        "i/<cc:country>/<address:slug>/<edition:number>/compare/<edition:other>/",
        compare.compare_view,
        name="compare",
    ),
    path(
        "i/<cc:country>/<address:slug>/<edition:number>/compare/<edition:other>.docx",
        compare_files.compare_docx,
        name="compare_docx",
    ),
    path(
        "i/<cc:country>/<address:slug>/<edition:number>/compare/<edition:other>.json",
        compare_files.compare_json,
        name="compare_json",
    ),
    path("i/<cc:country>/<address:slug>/<edition:number>/seen/", last_read.seen, name="seen"),
    path("i/", include("documents.pages.urls_editions")),
]
