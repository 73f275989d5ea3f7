"""Addresses of sound on both hosts: short, without a word that says what it is."""

from django.urls import path

from recordings import serve

urlpatterns = [
    path("n/<int:pk>", serve.recording, name="recording"),
    path("m/<int:pk>", serve.medium, name="medium"),
    path("m/<int:pk>.txt", serve.transcript, name="transcript"),
    path("m/<int:pk>.jpg", serve.poster, name="poster"),
    path("m/<int:pk>/<slug:language>.vtt", serve.captions, name="captions"),
]
