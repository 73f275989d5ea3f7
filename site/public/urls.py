"""Pages of the public host, below /{lang}/."""

from django.urls import path

from public import views
from public.placed import placed

app_name = "public"
urlpatterns = [
    path("", placed(views.home), name="home"),
    path("help/", placed(views.help_index), name="help"),
    path("help/<slug:country>/", placed(views.help_country), name="country"),
    path("signs/", placed(views.signs), name="signs"),
    path("before/", placed(views.before), name="before"),
    path("privacy/", placed(views.privacy), name="privacy"),
    path("erase/", placed(views.erase), name="erase"),
    path("about/", placed(views.about), name="about"),
    path("accessibility/", placed(views.accessibility), name="accessibility"),
    path("n/<int:number>/", placed(views.twin, discreet=True), name="twin"),
    # Last: a campaign stands directly below the language.
    path("<slug:slug>/", placed(views.campaign), name="campaign"),
]
