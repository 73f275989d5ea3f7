"""The search page: /{lang}/search/ in the office, /{lang}/library/search/ on the public host."""

from django.urls import path

from search.api.feed import feed
from search.pages import related_views, views

app_name = "search"
urlpatterns = [
    path("", views.page, name="page"),
    path("suggest/", views.suggest, name="suggest"),
    path("feed.atom", feed, name="feed"),
    path("like/<int:edition>/<uuid:uid>/", related_views.like, name="like"),
    path("countries/<int:edition>/<uuid:uid>/", related_views.countries, name="countries"),
]
