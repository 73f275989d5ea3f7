"""The glossary: /{lang}/glossary/ on both hosts."""

from django.urls import path

from search.pages import glossary

app_name = "glossary"
urlpatterns = [path("", glossary.page, name="page")]
