from django.apps import AppConfig
from django.core.signals import setting_changed

from tracker.left_out import leaving_out

# For this one signal django-ninja would load all of Django's tools for tests.
with leaving_out({"django.test.signals": {"setting_changed": setting_changed}}):
    import ninja  # noqa: F401


class ConfigConfig(AppConfig):
    name = "tracker.config"

    def ready(self) -> None:
        from tracker.config import startup

        startup.register()
