"""Addresses of the public host: GET only, nobody is signed in, nothing is remembered (docs/access.md)."""

from django.urls import path

from config import views

urlpatterns = [
    path("healthz", views.healthz),
    path("readyz", views.readyz),
]
