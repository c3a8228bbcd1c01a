"""The product's settings with one more address: /slow/, which answers when its gate is opened."""

from tracker.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.support.slow_urls"
