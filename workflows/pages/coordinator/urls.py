"""The coordinator's desk, at /{lang}/desk/reviews/."""

from django.urls import path

from workflows.pages.coordinator import (
    adopt,
    csv_export,
    prior_adoption,
    procedures,
    start,
    steer,
    views,
)

app_name = "coordinate"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("reviews.csv", csv_export.as_csv, name="csv"),
    path("start/", start.choose, name="choose"),
    path("start/<int:edition_id>/", start.start, name="start"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/remind/", views.remind_seat, name="remind"),
    path("<int:pk>/ask/", views.ask_seat, name="ask"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<str:country>/<slug:key>/", procedures.procedure, name="procedure"),
    path("<int:pk>/go-on/", steer.go_on, name="go_on"),
    path("<int:pk>/restart/", steer.restart_page, name="restart"),
    path("<int:pk>/withdraw/", steer.withdraw_page, name="withdraw"),
    path("<int:pk>/reopen/", steer.reopen_page, name="reopen"),
    path("<int:pk>/adopt/", adopt.adopt_page, name="adopt"),
    path("prior/<int:edition_id>/", prior_adoption.propose_page, name="prior"),
]
