"""The product's settings with passwords that cost nothing to check: browser tests sign in hundreds of times."""

from tracker.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
