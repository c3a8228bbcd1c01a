from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "tracker.demo"
    label = "demo"
