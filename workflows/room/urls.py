"""The review room, at /{lang}/review/."""

from django.urls import path

from workflows.room import comments, views

app_name = "review"
urlpatterns = [
    path("", views.reviews, name="list"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/read/", views.mark_read, name="read"),
    path("<int:pk>/comment/", comments.comment, name="comment"),
    path("<int:pk>/comments/<int:comment_pk>/reply/", comments.reply, name="reply"),
    path("<int:pk>/comments/<int:comment_pk>/resolve/", comments.settle, name="resolve"),
]
