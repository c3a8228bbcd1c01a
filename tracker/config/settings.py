"""All settings, read from the environment (README, "Settings"). Every one has a default that is safe to run with."""

from csp.constants import NONCE, SELF, STRICT_DYNAMIC

from tracker.config import env

ROOT = env.ROOT
VAR = env.data_folder()
VERSION = "0.1.0"

DEBUG = env.flag("DEBUG")
DEMO = env.flag("ACCORD_DEMO")
SECRET_KEY = env.secret_key(VAR)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
BASE_URL = env.text("BASE_URL", f"http://127.0.0.1:{env.text('PORT', '8000')}").rstrip("/")
SECURE = BASE_URL.startswith("https://")
BEHIND_PROXY = env.flag("BEHIND_PROXY")
METRICS_TOKEN = env.text("METRICS_TOKEN")  # for /metrics from elsewhere; without one, from this machine only
# Several processes share the work: gunicorn's, and those that say so by themselves (`live`, `follow`, `db_worker`).
SEVERAL_PROCESSES = bool(env.text("WEB_WORKERS"))
WEB_BIND = env.words("WEB_BIND")  # where gunicorn listens, if it does (deploy/gunicorn.conf.py)

INSTALLED_APPS = [
    "tracker.config",  # first: it says what the libraries below leave out
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "channels",
    "ninja",
    "django_vite",
    "csp",
    "tracker.log",
    "tracker.people",
    "tracker.jobs",  # before django_tasks_db: its `db_worker` takes the place of that one's
    "django_tasks_db",
    "tracker.accounts",
    "tracker.work",
    "tracker.search",
    "tracker.imports",
    "tracker.demo",
    "boards",
    "notifications",
]

MIDDLEWARE = [
    "tracker.config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.config.gate.HeaderMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.people.sessions.SessionUseMiddleware",
    "tracker.people.language.LanguageMiddleware",
    "tracker.config.gate.GateMiddleware",
    "tracker.log.commands.CommandMiddleware",
]

ROOT_URLCONF = "tracker.config.urls"
ASGI_APPLICATION = "tracker.config.asgi.application"
WSGI_APPLICATION = "tracker.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "tracker" / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "csp.context_processors.nonce"]
        },
    }
]

# Where the work is kept: SQLite for one process, PostgreSQL for several.
DATABASES = {"default": env.database(env.text("DATABASE_URL"), VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "files"
SMALL_ROOT = VAR / "small"  # small pictures of those files: they can be drawn again, so no backup holds them
BACKUP_LEAVES_OUT = [  # the rows of these stay behind: what lets somebody in today must not do so from a backup
    "sessions.Session",
    "usersessions.UserSession",
    "people.PasswordReset",
    "people.SetupCode",
    "people.Limit",
    # what was on its way when the backup was made must not go out again when it is restored
    "notifications.Delivery",
    "django_tasks_database.DBTaskResult",
    "jobs.Worker",
]
FILE_LIMIT = 25 * 1024 * 1024  # bytes of one attached file
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of one request's body, files apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

# Pokes between processes. One process needs no Redis; without it, work goes on.
REDIS_URL = env.text("REDIS_URL")
CHANNEL_LAYERS: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {
            # redis-py's default time-out of 5 s would kill every idle consumer, its pool of 100 fails on mass joins.
            "hosts": [{"address": REDIS_URL, "socket_timeout": 20, "max_connections": 1000}],
            "prefix": env.text("ACCORD_LAYER_PREFIX", "accord"),
            "capacity": 5000,  # one channel carries the pokes of a whole process; 100 would be dropped in a burst
        },
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
# What allauth counts (see tracker/people/limits.py): in the database, so that it survives restarts and needs no Redis.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Background work (tracker/jobs): queued in the database, done by lanes that don't wait for each other.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "mail", "outgoing", "slow"],
    }
}
JOBS_LANES = {"default": 1, "mail": 1, "outgoing": 2, "slow": 1}  # queue → how many at a time
JOBS_LEASE = env.number("JOBS_LEASE", 60)  # seconds after which a worker that was not seen is taken for dead

# Who is who. People sign in with their e-mail address; roles live in guardian's tables (tracker/people/access.py).
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "tracker.people.backend.Backend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "notifications.mail.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
USERSESSIONS_TRACK_ACTIVITY = False  # it would write on every request; SessionUseMiddleware notes it now and then
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/key,40/h/key,100/10m/ip",  # key: name and source
    "login_failed_anywhere": "100/h/key",  # key: name
    "login_failed_on_known_device": "10/5m/key,100/h/key",  # key: name and browser
    "change_password": "5/5m/user",
    "reset_password": "20/5m/ip,5/15m/key",
    "reset_password_from_key": "20/5m/ip",
    "invitation": "20/5m/ip",
    "setup": "10/5m/ip",
}

SESSION_ENGINE = "tracker.people.backend"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [BASE_URL, *env.words("TRUSTED_ORIGINS")]
# Servers in our own network that webhooks and the like may reach, as name or name:port; all others must be public.
OUTGOING_ALLOWED_HOSTS = env.words("OUTGOING_ALLOWED_HOSTS")
CSRF_FAILURE_VIEW = "tracker.config.urls.csrf_failed"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_SSL_REDIRECT = False  # the proxy's work
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Only our own scripts, named by nonce; nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [STRICT_DYNAMIC, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [ROOT / "tracker" / "config" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# The built front end, served by WhiteNoise with names that change with their content.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise looks there too
STATICFILES_DIRS = [folder] if (folder := ROOT / "frontend" / "dist").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,}\.[a-z0-9]+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": env.flag("VITE_DEV"),
        "manifest_path": ROOT / "frontend" / "dist" / ".vite" / "manifest.json",
    }
}

# Mail: a folder of files unless an SMTP server is named, as in smtp://user:password@host:587?tls=1
EMAIL_URL = env.text("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Accord <accord@localhost>")
globals().update(env.mail(EMAIL_URL, VAR))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "tracker.config.logs.WithoutSecrets"}},
    "formatters": {"plain": {"()": "tracker.config.logs.Plain"}, "json": {"()": "tracker.config.logs.Json"}},
    "handlers": {
        "terminal": {
            "class": "logging.StreamHandler",
            "formatter": "json" if env.text("LOG_FORMAT") == "json" else "plain",
            "filters": ["without_secrets"],
        }
    },
    "root": {"handlers": ["terminal"], "level": env.text("LOG_LEVEL", "WARNING")},
}
