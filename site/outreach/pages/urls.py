"""Below /LANGUAGE/results/ in the office; the short path of a material on the public host."""

from django.urls import path

from outreach.pages import sheets, short_link, views

app_name = "outreach"
short = [path("<slug:code>/", short_link.short_link, name="short_link")]
urlpatterns = [
    path("", views.index, name="results"),
    path("results.csv", views.as_csv, name="csv"),
    path("words/", views.heard, name="heard"),
    path("words/<slug:code>/", views.tick, name="tick"),
    path("words/undo/<str:mark>/", views.untick, name="untick"),
    path("sheets/", sheets.sheets, name="sheets"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/enter/", sheets.enter, name="enter"),
    path("sheets/delete/<int:pk>/", sheets.remove, name="delete_sheet"),
]
