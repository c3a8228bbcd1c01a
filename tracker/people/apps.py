from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tracker.people"
    label = "people"

    def ready(self) -> None:
        from tracker.log.commands import readers
        from tracker.people import access, events  # noqa: F401  (events registers itself)

        # None for "user": a change that told other people something is still its actor's, and its answer is not about them.
        readers["workspace"] = lambda user, ref: access.may_see_workspace(user)
