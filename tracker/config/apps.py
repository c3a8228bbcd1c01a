from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tracker.config"

    def ready(self) -> None:
        from tracker.config import startup

        startup.register()
