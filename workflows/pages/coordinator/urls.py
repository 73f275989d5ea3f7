"""The coordinator's desk, at /{lang}/desk/reviews/."""

from django.urls import path

from workflows.pages.coordinator import adopting, asking, prior, procedures, starting, steering, table, views

app_name = "coordinate"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("reviews.csv", table.as_csv, name="csv"),
    path("start/", starting.choose, name="choose"),
    path("start/<int:edition_id>/", starting.start, name="start"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/remind/", views.remind_seat, name="remind"),
    path("<int:pk>/ask/", asking.ask_seat, name="ask"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<str:country>/<slug:key>/", procedures.procedure, name="procedure"),
    path("<int:pk>/go-on/", steering.go_on, name="go_on"),
    path("<int:pk>/restart/", steering.restart_page, name="restart"),
    path("<int:pk>/withdraw/", steering.withdraw_page, name="withdraw"),
    path("<int:pk>/reopen/", adopting.reopen_page, name="reopen"),
    path("<int:pk>/adopt/", adopting.adopt_page, name="adopt"),
    path("prior/<int:edition_id>/", prior.propose_page, name="prior"),
    path("prior/<int:edition_id>/decide/", prior.decide_page, name="decide_prior"),
]
