"""The reading pages: ``office`` and ``public`` below /{lang}/ of their hosts, ``files`` below /files/."""

from django.urls import URLPattern, URLResolver, include, path

import documents.pages.url_converters  # noqa: F401  (it registers the parts of addresses)
from documents.pages.compare import files as compare_files
from documents.pages.compare import page as compare
from documents.pages.compare import section_history
from documents.pages.edition import corrigenda, downloads, last_read, papers, views
from documents.pages.edition import files as edition_files
from documents.pages.library import views as library

Pages = tuple[list[URLPattern | URLResolver], str]

EDITION = "<cc:country>/<address:slug>/<edition:number>"
FILES = {
    ".pdf": ("pdf", downloads.pdf),
    ".docx": ("docx", downloads.docx),
    ".template.docx": ("on_template", downloads.on_template),
    ".html": ("html", downloads.html),
    ".bilingual.html": ("bilingual", downloads.bilingual),
    ".bilingual.docx": ("bilingual_docx", downloads.bilingual_docx),
    ".md": ("md", downloads.markdown),
    ".akn": ("akn", downloads.akn),
    ".json": ("json", downloads.json),
}
COMPARED = {
    "/": ("compare", compare.compare_view),
    ".docx": ("compare_docx", compare_files.compare_docx),
    ".json": ("compare_json", compare_files.compare_json),
}

instruments = [
    path("<cc:country>/", library.country, name="country"),
    path("<cc:country>/<address:slug>/", views.instrument, name="instrument"),
    path("<cc:country>/<address:slug>/on/", views.dates, name="dates"),
    path("<cc:country>/<address:slug>/on/<day:day>/", views.on_day, name="on"),
    path("<cc:country>/<address:slug>/s/<uuid:uid>/", views.section_in_force, name="section_in_force"),
    path(
        "<cc:country>/<address:slug>/s/<uuid:uid>/editions/", section_history.through, name="section_editions"
    ),
    path(f"{EDITION}/", views.edition, name="edition"),
    path(f"{EDITION}/s/<uuid:uid>/", views.section, name="section"),
    path(f"{EDITION}/corrigenda/", corrigenda.listed, name="corrigenda"),
    path(f"{EDITION}/corrigenda/<edition:corrigendum>/", corrigenda.one, name="corrigendum"),
    *(path(f"{EDITION}{ending}", view, name=name) for ending, (name, view) in FILES.items()),
]
office: Pages = (
    [
        path("library/", library.library, name="library"),
        *(
            path(f"i/{EDITION}/compare/<edition:other>{ending}", view, name=name)
            for ending, (name, view) in COMPARED.items()
        ),
        path(f"i/{EDITION}/papers/<sha256:sha256>/check/", papers.check_again, name="check_paper"),
        path(f"i/{EDITION}/seen/", last_read.seen, name="seen"),
        path("i/", include(instruments)),
    ],
    "documents",
)
public: Pages = (
    [path("library/", library.library, name="library"), path("library/i/", include(instruments))],
    "documents",
)
files: Pages = ([path("<sha256:sha256>/<str:name>", edition_files.file, name="file")], "files")
