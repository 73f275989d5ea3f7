"""Addresses of the office host: everybody there is signed in (docs/access.md)."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.urls import include, path, re_path
from django.views.defaults import page_not_found
from wagtail.documents.views.serve import serve as campaign_file

from config import guides, views
from config.admin.people import account
from config.home import home
from config.running import status
from config.running.health import health
from directory.api.endpoints import api as hsds
from documents.pages import urls as reading
from materials.pages import urls as materials
from people import identity
from people.urls import signing_in
from public.files import picture
from search.api.endpoints import api
from search.saved.views import stop_mails
from theme.views import styles
from workflows.pages.calendar import calendar

handler400 = "theme.refusals.bad_request"
handler500 = "theme.views.server_error"

# What only the demonstration shows.
demonstration = [path("styles/", styles, name="styles")] if settings.KODEKS_DEMO else []

urlpatterns = [
    path("", views.to_language),
    path("healthz", status.healthz),
    path("readyz", status.readyz),
    path("statusz", status.statusz),
    path("favicon.ico", views.favicon),
    path("admin/account/", account),
    # Wagtail's page that breaks on purpose.
    path("admin/failwhale/", page_not_found, {"exception": Http404()}),
    path("admin/", include("wagtail.admin.urls")),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
    path("oidc/<slug:provider_id>/login/", identity.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", identity.callback, name="openid_connect_callback"),
    path("api/v1/", api.urls),
    path("api/hsds/3/", hsds.urls),
    path("files/", include(reading.files)),
    path("f/", include(materials.files)),
    path("pictures/<str:name>", picture, name="picture"),
    path("", include("recordings.urls")),
    re_path(r"^campaign-files/(\d+)/(.*)$", campaign_file, name="wagtaildocs_serve"),
    *i18n_patterns(
        path("", home, name="home"),
        path("health/", health, name="health"),
        path("privacy/", views.privacy, name="privacy"),
        path("help/", guides.help_index, name="help_index"),
        path("help/whats-new/", guides.help_page, {"name": guides.NEWS}, name="news"),
        path("help/<slug:name>/", guides.help_page, name="help"),
        path("services/", include("directory.pages.urls")),
        path("results/", include("outreach.pages.urls")),
        path("", include(signing_in)),
        path("", include("people.urls")),
        path("", include("proposals.pages.urls")),
        *demonstration,
        path("desk/reviews/", include("workflows.pages.coordinator.urls")),
        path("desk/", include("documents.pages.desk.urls")),
        path("review/", include("workflows.pages.urls")),
        path("", include("mail.urls")),
        path("", include("audit.urls")),
        path("search/saved/", include("search.saved.urls")),
        path("stop-mails/<str:token>/", stop_mails, name="stop_mails"),
        path("search/", include("search.urls")),
        path("glossary/", include("search.pages.urls_glossary")),
        path("", include(reading.office)),
    ),
]
