"""Every setting, read from the environment once. docs/operating.md has a line for each BOURSE_ variable."""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from bourse.run.sockets import embedded_url

ROOT = Path(__file__).resolve().parents[2]


def _environment(name: str, default: str = "") -> str:
    return os.environ.get(f"BOURSE_{name}", default).strip()


HOME = Path(_environment("HOME") or ROOT / "var").absolute()
BIND = _environment("BIND", "127.0.0.1")
PORT = int(_environment("PORT", "8000"))
URL = _environment("URL") or f"http://localhost:{PORT}"
FEEDS_FOLDER = _environment("FEEDS_FOLDER")
BREACHED_PASSWORDS = _environment("BREACHED_PASSWORDS")  # a file, looked up offline; empty: none
WEB_WORKERS = int(_environment("WEB_WORKERS", "2"))
TRUSTED_PROXIES = [ip_network(one) for one in _environment("TRUSTED_PROXIES").replace(",", " ").split()]
API_CALLS_A_MINUTE = int(_environment("API_CALLS_A_MINUTE", "600"))  # of a key, or of a session
LINK_CHECKS_A_DAY = int(_environment("LINK_CHECKS_A_DAY", "14400"))  # of one host; 0: no link is looked at
SMTP = _environment("SMTP")  # smtp:// or smtps://; empty: mail is kept and not sent
MAIL_FROM = _environment("MAIL_FROM") or f"no-reply@{urlsplit(URL).hostname or 'localhost'}"
SECURITY_CONTACTS = _environment("SECURITY_CONTACT").replace(",", " ").split()  # mailto: or https:
SECURITY_POLICY = "".join(_environment("SECURITY_POLICY").split())  # an https: address
WEBHOOK_RETRIES_S = [int(word) for word in _environment("WEBHOOK_RETRIES_S").split(",") if word.strip()] or [
    *(5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
]
METRICS_BIND = _environment("METRICS_BIND")  # host:port; empty: no figures are kept or served


def _secret_key() -> str:
    """The key that signs sessions: given, or drawn once and kept in the data folder."""
    if given := _environment("SECRET_KEY"):
        return given
    kept = HOME / "secret_key"
    if not kept.exists():
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        drawn = kept.with_suffix(f".{os.getpid()}")
        drawn.touch(mode=0o600)
        drawn.write_text(secrets.token_urlsafe(48))
        try:
            os.link(drawn, kept)  # the first of two starting processes wins
        except FileExistsError:
            pass
        finally:
            drawn.unlink()
    return kept.read_text()


def _database(address: str) -> dict[str, object]:
    """Django's setting for a postgresql:// address."""
    parts = urlsplit(address)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = _environment("OLD_SECRET_KEYS").split()  # what they sealed or signed still opens
IS_EMBEDDED = not _environment("DATABASE_URL")
DATABASE_URL = _environment("DATABASE_URL") or embedded_url(HOME)
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
LOGGING_CONFIG = None  # bourse.run.log gives every line its form
_public = urlsplit(URL)
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _public.scheme == "https"
_HOST = "__Host-" if SESSION_COOKIE_SECURE else ""  # no other host, and nobody in the clear, can set it
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}session", f"{_HOST}csrftoken"
CSRF_COOKIE_HTTPONLY = True  # scripts find the token in the page
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "bourse.doors.web.errors.views.not_accepted"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

ROOT_URLCONF = "bourse.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "procrastinate.contrib.django",
    "bourse.kit",
    "bourse.members",
    "bourse.notices",
    "bourse.market",
    "bourse.search",
    "bourse.doors.web",
]
MIDDLEWARE = [
    *(["bourse.doors.web.metering.metered"] if METRICS_BIND else []),
    "bourse.doors.web.middleware.request_log",
    "bourse.doors.web.address.with_origin",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # BREACH has little to gain: no page holds a secret that stays, seals of forms are masked anew each time,
    # and the length is padded.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bourse.doors.web.middleware.member_of",
    "bourse.doors.web.middleware.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bourse.doors.web.frame.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "members.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "bourse.members.breached.NotBreached"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # they count in each process apart; ours are in doors/web/account/tries.py
ACCOUNT_ADAPTER = "bourse.doors.web.account.adapter.Adapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "front"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # of each room
PROCRASTINATE_IMPORT_PATHS = ["bourse.wiring.jobs"]  # of all rooms together

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # only what the pages speak: no page may mix two languages
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 80 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the form of refused rows has a box for each of their cells
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
