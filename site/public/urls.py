"""Pages of the public host, below /{lang}/."""

from django.urls import path

from public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_index, name="help"),
    path("help/<slug:country>/", views.help_country, name="country"),
    path("privacy/", views.privacy, name="privacy"),
    # Last: a campaign stands directly below the language.
    path("<slug:slug>/", views.campaign, name="campaign"),
]
