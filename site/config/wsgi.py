"""The WSGI application, for gunicorn: ``gunicorn config.wsgi`` with ``site`` and the checkout on the path."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / "site", ROOT):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

_site = get_wsgi_application()

from config.running.metrics import with_metrics  # noqa: E402

application = with_metrics(_site)
