from django.urls import path

from directory.pages import views

app_name = "directory"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:country>/", views.country, name="country"),
    path("<slug:country>/<slug:key>/", views.service, name="service"),
]
