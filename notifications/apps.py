from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import digests, events, models, reminders, sending  # noqa: F401  (they register themselves)
        from notifications.notifier import NOTIFIER
        from tracker.log.followers import followers

        followers.append(NOTIFIER)
