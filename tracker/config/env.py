"""Settings from the environment, and the secret that the product makes for itself."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str = "") -> str:
    """The setting NAME, or the content of the file named by NAME_FILE (for container secrets)."""
    if path := os.getenv(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.getenv(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    return text(name, str(default)).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated setting as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: float) -> float:
    return float(text(name, str(default)))


def data_folder() -> Path:
    """Where everything that the product writes lives: database, files, the secret key."""
    folder = Path(text("ACCORD_VAR", str(ROOT / "var")))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The configured secret, or one made on the first start and kept in the data folder."""
    if given := text("SECRET_KEY"):
        return given
    path = folder / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8").strip()


def database(url: str, folder: Path) -> dict[str, object]:
    """Django's settings for a `postgres://` address, or for SQLite in the data folder when there is none."""
    if not url:
        return sqlite(folder / "accord.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise RuntimeError("DATABASE_URL must start with postgres:// or sqlite://.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # A connection per thread would leak under ASGI; psycopg's pool hands them round instead.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Statements that are written to come again are planned once (tracker/log/statements.py), unless a pooler is
            # in between that hands its connections on and does not know of them.
            "prepare_threshold": 5 if flag("DATABASE_PREPARE", default=True) else None,
            "pool": {"min_size": 1, "max_size": int(number("DATABASE_POOL", 20)), "timeout": 5, "reconnect_timeout": 3},
            "options": "-c statement_timeout=15000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000",
            **dict(parse_qsl(parts.query)),
        },
    }


def sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # DEFERRED transactions fail when two writers meet; IMMEDIATE ones queue.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": text("ACCORD_TEST_DB") or str(path.with_name("test.sqlite3"))},
    }


def mail(url: str, folder: Path) -> dict[str, object]:
    """Django's mail settings for an `smtp://` address, or for a folder of files when there is none."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder / "mail"),
        }
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": options.get("tls") == "1",
        "EMAIL_USE_SSL": options.get("ssl") == "1",
        "EMAIL_TIMEOUT": 20,
    }
