"""The product's settings with sessions that take as long to be looked up as the test likes: see `doorway_sessions`."""

from tracker.config.settings import *  # noqa: F403

SESSION_ENGINE = "tests.support.doorway_sessions"
