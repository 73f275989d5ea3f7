from django.urls import path

from proposals.pages import views

app_name = "proposals"
urlpatterns = [path("proposals/<int:pk>/", views.decide, name="decide")]
