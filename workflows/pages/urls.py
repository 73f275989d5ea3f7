"""The review room, at /{lang}/review/."""

from django.urls import path

from workflows.pages import calendar, delegates, record
from workflows.pages.matrix import answering
from workflows.pages.matrix import views as matrix
from workflows.pages.review import comment_views, views

app_name = "review"
urlpatterns = [
    path("", views.reviews, name="list"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("delegates/", delegates.delegates, name="delegates"),
    path("delegates/<int:pk>/end/", delegates.end, name="delegate_end"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/answer/take-back/", views.take_back_answer, name="take_back"),
    path("<int:pk>/read/", views.mark_read, name="read"),
    path("<int:pk>/comment/", comment_views.comment, name="comment"),
    path("<int:pk>/comments/<int:comment_pk>/reply/", comment_views.reply, name="reply"),
    path("<int:pk>/comments/<int:comment_pk>/resolve/", comment_views.settle, name="resolve"),
    path("<int:pk>/comments/<int:comment_pk>/outcome/", answering.decide_comment, name="decide"),
    path("<int:pk>/comments/<int:comment_pk>/accept/", answering.accept, name="accept"),
    path("<int:pk>/record.json", record.record_json, name="record_json"),
    path("<int:pk>/record.pdf", record.record_pdf, name="record_pdf"),
    path("<int:pk>/comments/", matrix.matrix, name="matrix"),
    path("<int:pk>/comments/answer/", answering.answer_several, name="answer_several"),
    path("<int:pk>/comments/<int:comment_pk>/", answering.one, name="one_comment"),
    path("<int:pk>/comments.docx", matrix.matrix_file, {"ending": "docx"}, name="matrix_docx"),
    path("<int:pk>/comments.xlsx", matrix.matrix_file, {"ending": "xlsx"}, name="matrix_xlsx"),
]
