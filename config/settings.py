"""All settings, all from the environment; .env.example names each one.

A value that is unsafe to guess (SECRET_KEY, ALLOWED_HOSTS) has no default: the start
stops with a sentence that says what to set. `make run` and `make test` set their own.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from config.outages import SECONDS_TO_ANSWER

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
# What `make run` chose for this machine; the environment goes before it.
LOCAL_ENV = VAR_DIR / "local.env"
if LOCAL_ENV.exists():
    env.read_env(LOCAL_ENV)


def required(name: str, hint: str) -> str:
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {hint}")
    return value


SECRET_KEY = required(
    "SECRET_KEY", "a long random string; `make run` keeps one in var/local.env."
)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS", "the host names that this site answers to, parted by commas."
).split(",")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework_api_key",
    "simple_history",
    "recruitment",
    "dashboard",
]

MIDDLEWARE = [
    "config.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.cors.OpenCorsMiddleware",
    "config.throttling.ThrottleMiddleware",
    # What is kept is compressed, and has the policy that its view chose.
    "config.caching.RevisionCacheMiddleware",
    "config.caching.PublicCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'muster.sqlite3'}"
    )
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A thread opens the file once, not for every request.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait for the writer; a writer waits its turn from the start.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Answers that were made before; in each process for itself unless it names a server.
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://?max_entries=500")
}
if "redis" in CACHES["default"]["BACKEND"]:
    CACHES["default"].setdefault("OPTIONS", {}).update(
        socket_timeout=SECONDS_TO_ANSWER, socket_connect_timeout=SECONDS_TO_ANSWER
    )
    CACHES["shared"] = CACHES["default"] | {"KEY_PREFIX": "muster:shared"}
    CACHES["default"]["KEY_PREFIX"] = "muster:answer"
else:
    # What workers tell pages cannot be in a process's own memory.
    CACHES["shared"] = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "shared"),
    }

# Editors log in at the desk, for a working day; what they are told is kept in the session.
LOGIN_URL = "desk:login"
LOGIN_REDIRECT_URL = "desk:queue"
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Attempts to log in, from one address and with one name.
THROTTLE_LOGINS = env.str("THROTTLE_LOGINS", default="30/hour")
THROTTLE_LOGINS_OF_NAME = env.str("THROTTLE_LOGINS_OF_NAME", default="10/15 minutes")
# What a form may hold beside files, and what a request with files may hold in all.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 30 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "config.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Where readers write about errors: an address of mail or of a page.
CONTACT = env.str("CONTACT", default="")

# Whether pages may be fetched: an article that an editor names, and again the sources.
FETCHING = env.bool("FETCHING", default=False)
USER_AGENT = f"Muster ({CONTACT})" if CONTACT else "Muster"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# All ask by the hashed name; nobody but a developer asks for a map of a script.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": [
        "recruitment.api.renderers.JSONRenderer",
        "recruitment.api.renderers.CSVRenderer",
        "recruitment.api.renderers.NDJSONRenderer",
    ],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_FILTER_BACKENDS": ["recruitment.api.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "recruitment.api.pagination.PositionPagination",
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "recruitment.api.problems.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "recruitment.api.schema.Schema",
    # Else `?format=` would be taken before the filters can refuse it by name.
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Muster",
    "VERSION": "1.0.0",
    "LICENSE": {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "SERVERS": [{"url": "/"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["recruitment.api.document.name_files"],
    "POSTPROCESSING_HOOKS": ["recruitment.api.document.complete"],
    "SORT_OPERATIONS": False,
}

# Requests to /api/ from one address, and with one API key.
THROTTLE_ANONYMOUS = env.str("THROTTLE_ANONYMOUS", default="600/minute,10000/hour")
THROTTLE_KEYS = env.str("THROTTLE_KEYS", default="6000/minute,200000/hour")
# Where they are counted: in each process for itself, or in Redis or Valkey for all.
THROTTLE_URL = env.str("THROTTLE_URL", default="memory://")
# How many proxies of ours a request comes through; none is believed by default.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

CORS_URLS_REGEX = "^/api/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [
    *("accept", "authorization", "if-none-match", "if-modified-since", "x-request-id")
]
CORS_EXPOSE_HEADERS = [
    *("Content-Disposition", "ETag", "Link", "Muster-Revision", "X-Request-ID"),
    *("RateLimit", "RateLimit-Policy", "Retry-After", "Deprecation", "Sunset"),
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Behind TLS: set by the compose file, off for `make run` on plain http.
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from within, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

# Where messages to the workers go; how, says celeryconfig.py.
BROKER_URL = env.str("BROKER_URL", default="filesystem://")
BROKER_DIR = VAR_DIR / "broker"

# Who does what workers are asked to do, by JobKind; running.py says what they must be.
JOB_HANDLERS = {
    "read_article": "recruitment.ingest.read_article",
    "rebuild_estimates": "recruitment.rounds.rebuild_estimates",
    "import_rows": "recruitment.batches.import_rows",
    "export_rows": "recruitment.exports.export_rows",
    "make_release": "recruitment.rounds.make_release",
    "watch_sources": "recruitment.rounds.watch_sources",
    "draw_charts": "dashboard.drawing_ahead.draw_charts",
}
# A worker that says nothing for so long is lost, and another one takes its job.
JOB_LEASE = timedelta(seconds=60)
JOB_LEASE_RENEWED_EVERY = timedelta(seconds=15)
# How often it is looked for lost jobs, and how old a message must be to count as lost.
JOBS_SWEPT_EVERY = timedelta(seconds=15)
JOB_RESENT_AFTER = timedelta(minutes=5)
# Charts are drawn before they are asked for where web and workers share what they keep.
DRAW_AHEAD = "redis" in CACHES["default"]["BACKEND"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.requests.RequestIdFilter"}},
    "formatters": {
        "line": {
            "format": "{levelname} {name} [{request_id}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
