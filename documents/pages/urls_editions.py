"""One instrument's pages, below …/i/ on the office host and …/library/i/ on the public one."""

from django.urls import path

import documents.pages.url_converters  # noqa: F401  (it registers the parts of addresses)
from documents.pages.compare import section_history
from documents.pages.edition import corrigenda, downloads, views
from documents.pages.library import views as library

urlpatterns = [
    path("<cc:country>/", library.country, name="country"),
    path("<cc:country>/<address:slug>/", views.instrument, name="instrument"),
    path("<cc:country>/<address:slug>/on/", views.dates, name="dates"),
    path("<cc:country>/<address:slug>/on/<day:day>/", views.on_day, name="on"),
    path("<cc:country>/<address:slug>/s/<uuid:uid>/", views.section_in_force, name="section_in_force"),
    path(
        "<cc:country>/<address:slug>/s/<uuid:uid>/editions/", section_history.through, name="section_editions"
    ),
    path("<cc:country>/<address:slug>/<edition:number>/", views.edition, name="edition"),
    path("<cc:country>/<address:slug>/<edition:number>/s/<uuid:uid>/", views.section, name="section"),
    path("<cc:country>/<address:slug>/<edition:number>/corrigenda/", corrigenda.listed, name="corrigenda"),
    path(
        "<cc:country>/<address:slug>/<edition:number>/corrigenda/<edition:corrigendum>/",
        corrigenda.one,
        name="corrigendum",
    ),
    path("<cc:country>/<address:slug>/<edition:number>.pdf", downloads.pdf, name="pdf"),
    path("<cc:country>/<address:slug>/<edition:number>.docx", downloads.docx, name="docx"),
    path(
        "<cc:country>/<address:slug>/<edition:number>.template.docx",
        downloads.on_template,
        name="on_template",
    ),
    path("<cc:country>/<address:slug>/<edition:number>.html", downloads.html, name="html"),
    path(
        "<cc:country>/<address:slug>/<edition:number>.bilingual.html", downloads.bilingual, name="bilingual"
    ),
    path(
        "<cc:country>/<address:slug>/<edition:number>.bilingual.docx",
        downloads.bilingual_docx,
        name="bilingual_docx",
    ),
    path("<cc:country>/<address:slug>/<edition:number>.md", downloads.markdown, name="md"),
    path("<cc:country>/<address:slug>/<edition:number>.json", downloads.json, name="json"),
]
