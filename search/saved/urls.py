"""A person's saved searches: /{lang}/search/saved/, in the office only."""

from django.urls import path

from search.saved import views

app_name = "saved"
urlpatterns = [
    path("", views.saved_list, name="list"),
    path("unanswered/", views.unanswered, name="unanswered"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
