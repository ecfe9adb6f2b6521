"""Django's settings. Every SVOI_ variable read here is described in docs/reference/settings.md."""

from __future__ import annotations

from pathlib import Path

from svoi.conf import env
from svoi.conf.database import database_settings
from svoi.conf.mail import mail_sender, mail_settings

DEBUG = env.switch("SVOI_DEBUG")
SECRET_KEY = env.secret()
DATA_DIR = env.data_dir()
DEMO = env.switch("SVOI_DEMO")
REHEARSAL = env.switch("SVOI_REHEARSAL")  # of a show: a house of its own, thrown away when it is over
PRETEND = DEMO or DEBUG or REHEARSAL  # nobody pays and no letter leaves
HOST = env.text("SVOI_HOST", "127.0.0.1")
INNER_HOST = env.inner_host(HOST)
PORT = env.number("SVOI_PORT", env.PORT_DEFAULT)
GATEWAY_PORT = env.port(1, "SVOI_GATEWAY_PORT")
MEDIA_PORT = env.port(2, "SVOI_MEDIA_PORT")
RTMP_PORT = env.port(3, "SVOI_RTMP_PORT")
SSE_PORT = env.port(4, "SVOI_SSE_PORT")
DESK_URLS = env.text("SVOI_DESK_URLS", f"http://127.0.0.1:{env.port(5, 'SVOI_DESK_PORT')}").split()
GATEWAY_URL = env.text("SVOI_GATEWAY_URL")
SSE_URL = env.text("SVOI_SSE_URL")
MEDIA_URL_PUBLIC = env.text("SVOI_MEDIA_URL")
RTMP_URL = env.text("SVOI_RTMP_URL")
PAYMENT_PROVIDER = "fake" if REHEARSAL else env.payment_provider("SVOI_PAYMENT_PROVIDER", pretend=PRETEND)
HOLD_MONEY = env.switch("SVOI_HOLD_MONEY")
RETURN_DAYS = env.number("SVOI_RETURN_DAYS", 7)
FOUR_EYES = env.switch("SVOI_FOUR_EYES", default=True)
SHADOW_DAYS = env.number("SVOI_SHADOW_DAYS", 14)
CLAIMS_KEPT_DAYS = env.number("SVOI_CLAIMS_KEPT_DAYS", 1096)
VAT_CODE = env.number("SVOI_VAT_CODE", 1)
TAX_SYSTEM = env.number("SVOI_TAX_SYSTEM", 0)
YOOKASSA_URL = env.text("SVOI_YOOKASSA_URL", "https://api.yookassa.ru/v3")
YOOKASSA_SHOP = env.text("SVOI_YOOKASSA_SHOP")
YOOKASSA_SECRET = env.text("SVOI_YOOKASSA_SECRET")
YOOKASSA_WAIT_S = env.number("SVOI_YOOKASSA_WAIT_S", 10)
YOOKASSA_SENDERS = env.text(
    "SVOI_YOOKASSA_SENDERS",
    "185.71.76.0/27 185.71.77.0/27 77.75.153.0/25 77.75.154.128/25 77.75.156.11 77.75.156.35 "
    "2a02:5180:0:1509::/64 2a02:5180:0:1533::/64 2a02:5180:0:2655::/64 2a02:5180:0:2669::/64",
).split()
HTTPS = env.switch("SVOI_HTTPS")
LEGAL_PROFILE = env.one_of("SVOI_LEGAL_PROFILE", ("ru", "intl"))
SHOP = env.shop_details(demo=PRETEND)
CDEK_URL = env.text("SVOI_CDEK_URL", "https://api.cdek.ru/v2").rstrip("/")
CDEK_ACCOUNT = env.text("SVOI_CDEK_ACCOUNT")
CDEK_PASSWORD = env.text("SVOI_CDEK_PASSWORD")
CDEK_SHIPMENT_POINT = env.text("SVOI_CDEK_SHIPMENT_POINT")
MAP_TILES = env.tile_address("SVOI_MAP_TILES")
MAP_ATTRIBUTION = env.text("SVOI_MAP_ATTRIBUTION")
PUBLIC_URL = env.public_url(HOST, PORT)
MAIL_URL = "" if REHEARSAL else env.text("SVOI_MAIL_URL")

ALLOWED_HOSTS = env.text("SVOI_HOSTS", "*" if PRETEND else "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("SVOI_ORIGINS").split() if "://" in origin]
ROOT_URLCONF = "svoi.conf.urls"
WSGI_APPLICATION = "svoi.conf.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "svoi",
    "svoi.ui",
    "svoi.web",
    "svoi.studio",
    "svoi.admin",
    "svoi.api",
    "svoi.jobs",
    "svoi.town",
    # Behind the house's own, so that its templates and words come first; Unfold's before those it replaces.
    "unfold.apps.BasicAppConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "svoi.web.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "svoi.web.middleware.preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
                "svoi.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "svoi.ui.templatetags.ui"],
        },
    }
]

DATABASE_ADDRESS = env.text("DATABASE_URL", "postgresql://svoi@127.0.0.1:5432/svoi")
DATABASES = {"default": database_settings(DATABASE_ADDRESS, pooled=env.switch("SVOI_POOL", default=True))}

AUTH_USER_MODEL = "svoi.Member"
LOGIN_URL = "/sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"}]
SESSION_ENGINE = "svoi.members.sessions"
# Cookies know no ports: beside its house a rehearsal has names of its own, so that nobody is signed out there.
_COOKIES = "svoi_rehearsal" if REHEARSAL else "svoi"
SESSION_COOKIE_NAME = f"{_COOKIES}_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{_COOKIES}_csrf"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "svoi_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("SVOI_TIME_ZONE", "Europe/Moscow")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("SVOI_STATIC", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.text("SVOI_STATIC_STORAGE", "svoi.conf.storage.ModuleManifestStorage")},
}
MEDIA_ROOT = DATA_DIR / "pictures"
MEDIA_URL = "/pictures/"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

vars().update(mail_settings(MAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("SVOI_MAIL_FROM", mail_sender(MAIL_URL, PUBLIC_URL))

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"procrastinate": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
