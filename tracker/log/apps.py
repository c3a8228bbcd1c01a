from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "tracker.log"
    label = "log"
