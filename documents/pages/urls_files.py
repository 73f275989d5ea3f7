"""Files of documents, on both hosts, below /files/."""

from django.urls import path

import documents.pages.url_converters  # noqa: F401  (it registers the parts of addresses)
from documents.pages.edition import files

app_name = "files"
urlpatterns = [path("<sha256:sha256>/<str:name>", files.file, name="file")]
