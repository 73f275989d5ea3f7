"""What holds in every setting of Kodeks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from config import languages
from config.running.logs import LOGGING as LOGGING

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
VAR = ROOT / "var"
"""Everything that a running Kodeks writes on this machine lies below this folder. An installation has
another one, outside of the checkout (KODEKS_DATA); what ``deploy/install`` makes of a release stays in it."""

DEBUG = False
KODEKS_HOST = ""
"""The host that this process serves, "public" or "office" (deploy/serve); both where it is empty."""
OFFICE_HOSTS: list[str] = []
"""Further names of the office beside that of OFFICE_BASE_URL."""
KODEKS_CONTACT_NAME = KODEKS_CONTACT_MAIL = KODEKS_CONTACT_PHONE = ""
"""Whom people of the office ask for help: on help and error pages, and in the foot of each page."""
KODEKS_MATERIALS_LICENCE = "CC BY 4.0"
KODEKS_MATERIALS_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of posters, cards and pictures, printed on each."""
KODEKS_DATA_PUBLISHER, KODEKS_DATA_MAIL = "Kodeks", ""
"""Who publishes the data for programs, and where harvesters write to; empty: the sender of mails."""
KODEKS_DATA_LICENCE = "CC BY 4.0"
KODEKS_DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
"""Under which the data may be used."""
KODEKS_DEMO = False
"""Whether every page says that its content is a demonstration."""

INSTALLED_APPS = [
    "theme",
    "audit",
    "limits",
    "files",
    "people",
    "proposals",
    "mail",
    "documents",
    "search",
    "workflows",
    "public",
    "directory",
    "materials",
    "recordings",
    "metadata",
    "outreach",
    "backup",
    "handover",
    "config",
    "modeltranslation",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "config.admin.apps.UsersConfig",
    "wagtail.snippets",
    "recordings.media_app.MediaConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "pgtrigger",
    "django_tasks",
    "django_tasks_db",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "config.running.logs.RequestMiddleware",
    "config.middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.SecurityHeadersMiddleware",
    "config.middleware.ReadableMiddleware",
    "config.saved_pages.SavedPagesMiddleware",
    "config.middleware.PublicGZipMiddleware",
    "config.middleware.PublicConditionalMiddleware",
    # The four of the office pass the public host by: no session, no cookie, nobody signed in
    # (docs/decisions).
    "config.middleware.OfficeSessionMiddleware",
    "config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.OfficeCsrfMiddleware",
    "config.middleware.OfficeAuthenticationMiddleware",
    "people.idle.IdleMiddleware",
    "config.middleware.OfficeMessageMiddleware",
    "files.middleware.SizeMiddleware",
    "files.middleware.ContentMiddleware",
    "files.middleware.SuspendedFormMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.LocalTimeMiddleware",
    "people.middleware.LeftMiddleware",
    "config.middleware.SignInMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "config.middleware.OfficeLanguageMiddleware",
    "people.middleware.FootnoteMiddleware",
    "audit.middleware.RefusalMiddleware",
    "config.admin.gate.AdminGateMiddleware",
    "config.admin.malformed.MalformedFormMiddleware",
]

FORCE_SCRIPT_NAME = ""
"""The site lies at the root of its host, whatever a request says."""
ROOT_URLCONF = "config.urls_office"
PUBLIC_URLCONF = "config.urls_public"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "theme.context.kodeks",
            ]
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# NIST 800-63B: length, leaked and guessable ones refused, no rules about kinds of characters.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.passwords.OwnNameValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.passwords.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600

# Signing in (docs/sign-in.md). The limits are people.throttle's: those of allauth count in each process.
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE
ACCOUNT_FORMS = {
    "login": "people.forms.SignInForm",
    "request_login_code": "people.forms.RequestCodeForm",
    "confirm_login_code": "people.forms.ConfirmCodeForm",
    "reauthenticate": "people.forms.PasswordForm",
    "change_password": "people.forms.ChangePasswordForm",
    "reset_password": "people.forms.ForgottenForm",
    "reset_password_from_key": "people.forms.NewPasswordForm",
}
MFA_ADAPTER = "people.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation or an operator has given the address
MFA_TOTP_ISSUER = "Kodeks"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "people.forms.FactorForm",
    "reauthenticate": "people.forms.FactorAgainForm",
    "activate_totp": "people.forms.AppForm",
    "add_webauthn": "people.forms.PasskeyForm",
    "edit_webauthn": "people.forms.PasskeyNameForm",
}
SOCIALACCOUNT_ADAPTER = "people.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
"""Governments' identity providers (people.identity)."""
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "en"
LANGUAGES = languages.INTERFACE + languages.PUBLIC_ONLY
LANGUAGES_BIDI = languages.BIDI
KODEKS_OFFICE_LANGUAGES = [tag for tag, _ in languages.INTERFACE]
LOCALE_PATHS = [SITE / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Belgrade"
"""For the admin and people of no country; others have their country's zone (people.middleware)."""
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False

MODELTRANSLATION_TRANSLATION_FILES = ("documents.models.translated_columns",)
MODELTRANSLATION_LANGUAGES = tuple(languages.INSTRUMENT)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# No silent falling back from one language to another: a page says it where it happens (DESIGN, decision 3).
MODELTRANSLATION_ENABLE_FALLBACKS = False
MODELTRANSLATION_CUSTOM_FIELDS = ("JSONField",)

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}

WAGTAIL_SITE_NAME = gettext_lazy("Kodeks")
WAGTAILADMIN_BASE_URL = "http://localhost:8001"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False  # campaigns have a second person's word on their numbers instead
WAGTAILADMIN_LOGIN_URL = "/en/sign-in/"
# Wagtail itself has words in English and Croatian of these, and none in the others: there, what is Kodeks's
# own is translated.
WAGTAILADMIN_PERMITTED_LANGUAGES = languages.INTERFACE
WAGTAIL_USER_TIME_ZONES = [
    "Europe/Belgrade",
    "Europe/Podgorica",
    "Europe/Sarajevo",
    "Europe/Skopje",
    "Europe/Tirane",
    "UTC",
]
WAGTAILEMBEDS_FINDERS: list[
    dict[str, str]
] = []  # an embed would call a stranger's server from the public site
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a file is an attachment, also a PDF
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "zip", "txt", "mp3", "png", "jpg"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "public.office.document_form.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]  # an SVG is a program as well
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_MODEL = "public.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "public.office.picture_form.PictureForm"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "recordings.Medium",
    "MEDIA_FORM_BASE": "recordings.office.medium_form.MediumForm",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "ogg"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
# People sign in, and look after their password and address, on our own pages.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

TASKS: dict[str, Any] = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "files"]}
}
EMAIL_BACKEND = "mail.backends.BoundedBackend"
KODEKS_MAIL_SECONDS = 45.0  # for handing one mail over, however often the mail server says that it is there
DEFAULT_FROM_EMAIL = "Kodeks <kodeks@localhost>"

KODEKS_PAGES: Path | None = VAR / "pages"
"""Where the last good copy of each public page is saved, for when the database does not answer; None:
nowhere. All processes of a machine share it."""
KODEKS_PAGE_SECONDS = 15.0
"""How long a copy answers without asking the database."""


def page_stores(folder: Path | None) -> dict[str, Any]:
    """The numbers to call are apart, and documents: nothing else can push the numbers out."""
    file, none = (
        "django.core.cache.backends.filebased.FileBasedCache",
        "django.core.cache.backends.dummy.DummyCache",
    )
    week = 7 * 24 * 3600
    return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}} | {
        name: {
            "BACKEND": file if folder else none,
            "LOCATION": str(folder / name) if folder else "",
            "TIMEOUT": week,
            "OPTIONS": {"MAX_ENTRIES": most},
        }
        for name, most in (("numbers", 8000), ("pages", 8000), ("documents", 2000))
    }


CACHES = page_stores(KODEKS_PAGES)

KODEKS_SEARCH = {"engine": "tantivy", "path": VAR / "index"}
KODEKS_TABLES = ROOT / "var" / "tables"
"""Where the dictionaries of the text analysis are compiled to (``manage.py build_tables``)."""
KODEKS_DICTIONARIES = [ROOT / "var" / "dictionaries" / "usr" / "share", Path("/usr/share")]
"""Where bilingual dictionaries are looked for: what ``make dictionaries`` fetched, what Debian installed."""
KODEKS_CLAMAV = ""
"""Where ClamAV's daemon listens: tcp://host:port, or the path of its socket. Empty: files are not scanned."""
KODEKS_UPLOAD_LIMIT = 50 * 1024 * 1024
"""The largest Word file that is taken, in bytes as uploaded."""
KODEKS_BATCH_LIMIT = 200 * 1024 * 1024
"""The largest zip, or heap of files at once, in bytes as uploaded."""
KODEKS_BATCH_FILES = 200
"""The most files in one zip or heap."""
KODEKS_UPLOAD_DAYS = 14
KODEKS_SEAL_KEY = KODEKS_SEAL_PASSWORD_FILE = KODEKS_SEAL_STAMPS = ""
"""The key of the seal on approval records (PKCS#12), the file with its password, a time stamp authority."""
KODEKS_PAPER_WAIT = 4.0
"""Seconds for which the page of an uploaded paper waits for the worker to check its signatures."""
"""After how many days a file is forgotten that nobody took in."""
KODEKS_COMPARISON_HOURS = 12
"""After how many hours two compared files are forgotten."""
KODEKS_RECORDING_LIMIT, KODEKS_RECORDING_SECONDS = 3 * 1024 * 1024, 5 * 60
"""The largest and the longest recording of a text that is taken, as uploaded."""
KODEKS_AUDIO_LIMIT, KODEKS_VIDEO_LIMIT = 20 * 1024 * 1024, 64 * 1024 * 1024
"""The largest audio and video of campaigns. Readers pay for each byte."""
KODEKS_BACKUP, KODEKS_BACKUP_KEY, KODEKS_BACKUP_HOUR = "", "", 2
"""The folder of the nightly backup, none without; the public key of age that encrypts it; its hour."""
KODEKS_METRICS_ADDRESS = ""
"""The inner address of measurements, and where traces are sent to; none without."""
KODEKS_POSTGRES: Callable[[], Path] | None = None
"""The folder of pg_dump and pg_restore where they are not installed; else they are looked for."""
KODEKS_TASK_WAIT, KODEKS_TASK_TIME = 30, 180
"""Seconds after which a page says that no worker seems to run, or that a task was lost."""
KODEKS_PROXIES = 0
"""How many proxies of our own stand in front, each adding to X-Forwarded-For whom it spoke with."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 600  # a folder holds other files too
