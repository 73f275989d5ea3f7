"""Below /LANGUAGE/materials/ on the public host; files have an address without a language, on both hosts."""

from django.urls import path, re_path

from materials.codes import LENGTH, LETTERS
from materials.pages import views
from public.placed import placed

app_name = "materials"
CODE = f"(?P<code>[{LETTERS}]{{{LENGTH}}})"
urlpatterns = [
    path("", placed(views.index), name="index"),
    path("zip/", views.zipped, name="zip"),
    path("press/", placed(views.press), name="press"),
]
files = [
    re_path(rf"^{CODE}/small\.webp$", views.thumb, name="material_thumb"),
    re_path(rf"^{CODE}/(?P<name>[a-z0-9-]+\.(?:pdf|png))$", views.file, name="material_file"),
]
