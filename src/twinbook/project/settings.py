"""Settings, from the environment and the city's own file; docs/reference/settings.md describes each."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from twinbook.project.chosen_reader import chosen_reader
from twinbook.project.data_keys import data_keys
from twinbook.project.environment import flag, one_of, text, words
from twinbook.project.mail import mail_settings
from twinbook.register.web import Fetcher

HOME = Path(text("TWINBOOK_HOME", "twinbook-register")).resolve()


def _secret() -> str:
    """The key in TWINBOOK_SECRET_KEY, else the one kept in the register's folder, else one for this process."""
    if given := text("TWINBOOK_SECRET_KEY"):
        return given
    kept = HOME / "secret.key"
    return kept.read_text("ascii").strip() if kept.exists() else secrets.token_urlsafe(48)


def _database() -> dict[str, object]:
    """SQLite in the register's folder, or PostgreSQL by TWINBOOK_DATABASE=postgresql://user:word@host:port/name."""
    address = text("TWINBOOK_DATABASE")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "register.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;"
                " PRAGMA cache_size=-32000; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


SECRET_KEY = _secret()
DEBUG = False
ALLOWED_HOSTS = words("TWINBOOK_HOSTS", "127.0.0.1,localhost,[::1]")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "twinbook.register.apps.RegisterConfig",
    "twinbook.register.desk.apps.DeskConfig",
    "twinbook.publishing.apps.PublishingConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "twinbook.register.desk.middleware.SignInRequired",
    "twinbook.register.desk.middleware.KeepNoCopies",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "twinbook.register.desk.middleware.Doors",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "twinbook.project.urls"
WSGI_APPLICATION = "twinbook.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "twinbook.register.desk.context.frame",
            ],
        },
    }
]
DATABASES = {"default": _database()}
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "twinbook.register.desk.sign_in.AccountBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "desk:sign-in"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ja", "日本語")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "register" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = text("TWINBOOK_TIME_ZONE", "UTC")
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "twinbook.register.desk.views.errors.refused_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("TWINBOOK_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
TWINBOOK_READER = chosen_reader()
DESK_FETCHER = Fetcher()  # the guarded door to other people's pages; tests put one with a server of theirs here
TWINBOOK_DATA_KEY = data_keys(HOME)
TWINBOOK_SECOND_FACTOR = one_of("TWINBOOK_SECOND_FACTOR", ("no", "sensitive", "all"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
TWINBOOK_MAIL_LANGUAGE = one_of("TWINBOOK_MAIL_LANGUAGE", ("en", "ru", "ja"))
TWINBOOK_DESK = text("TWINBOOK_DESK")
globals().update(mail_settings())
