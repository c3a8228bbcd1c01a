from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tracker.jobs"

    def ready(self) -> None:
        from tracker.jobs import chores  # noqa: F401  (its schedules register themselves)
