"""The drafting desk, below /{lang}/desk/."""

from django.urls import path, re_path

from documents.desk.views import (
    calls,
    classification,
    corrigenda,
    draft,
    earlier,
    exchange,
    home,
    instruments,
    landing,
    outline,
    people,
    readers,
    section,
    suggestions,
    titles,
    upload,
    word,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("new/", instruments.new, name="new"),
    path("<int:edition_id>/", draft.draft, name="draft"),
    path("<int:edition_id>/revise/", instruments.revise, name="revise"),
    path("<int:edition_id>/outline/", outline.move, name="move"),
    path("<int:edition_id>/add/", outline.add, name="add"),
    path("<int:edition_id>/remove/<uuid:uid>/", outline.remove, name="remove"),
    path("<int:edition_id>/people/", people.assignments, name="people"),
    path("<int:edition_id>/people/<int:assignment_id>/end/", people.end, name="unassign"),
    path("<int:edition_id>/titles/", titles.titles, name="titles"),
    path("<int:edition_id>/upload/", upload.upload, name="upload"),
    path("<int:edition_id>/upload/<int:upload_id>/", landing.landing, name="landing"),
    path("<int:edition_id>/upload/<int:upload_id>/report/", upload.report, name="report"),
    path("files/<int:upload_id>/state/", landing.state, name="upload_state"),
    path("<int:edition_id>/word/<slug:language>/", word.own_file, name="own_file"),
    path("<int:edition_id>/translate/<slug:language>/", exchange.exchange, name="exchange"),
    re_path(
        r"^(?P<edition_id>\d+)/translate/(?P<language>[a-z]{2,3})/file\.(?P<kind>xlf|docx)$",
        exchange.take_along,
        name="take_along",
    ),
    path("<int:edition_id>/back/", suggestions.back, name="back"),
    path("<int:edition_id>/suggestions/", suggestions.suggested, name="suggestions"),
    path("<int:edition_id>/suggestions/<int:suggestion_id>/", suggestions.one, name="suggestion"),
    path(
        "<int:edition_id>/suggestions/<uuid:uid>/<slug:language>/",
        suggestions.of_section,
        name="section_suggestions",
    ),
    path("<int:edition_id>/classification/", classification.classification, name="classification"),
    path("<int:edition_id>/classification/decide/", classification.decide, name="decide"),
    path("<int:edition_id>/readers/", readers.readers, name="readers"),
    path("<int:edition_id>/readers/end/", readers.end, name="end_reading"),
    path("corrigenda/<int:corrigendum_id>/", corrigenda.corrigendum, name="corrigendum"),
    path("<int:edition_id>/s/<uuid:uid>/<slug:language>/correct/", corrigenda.correct, name="correct"),
    path("<int:edition_id>/calls/<uuid:uid>/", calls.calls, name="calls"),
    path("<int:edition_id>/s/<uuid:uid>/<slug:language>/", section.section, name="section"),
    path("<int:edition_id>/s/<uuid:uid>/<slug:language>/merge/", section.merge, name="merge"),
    path(
        "<int:edition_id>/s/<uuid:uid>/<slug:language>/still-right/", section.still_right, name="still_right"
    ),
    path("<int:edition_id>/s/<uuid:uid>/<slug:language>/earlier/", earlier.texts, name="earlier_texts"),
    path(
        "<int:edition_id>/s/<uuid:uid>/<slug:language>/earlier/<int:number>/",
        earlier.text,
        name="earlier_text",
    ),
]
