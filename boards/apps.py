from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self) -> None:
        from boards.filters import merge_in_views
        from boards.live.poke import poke
        from tracker.log.change import event_recorded
        from tracker.work.services.merging import merged_too

        event_recorded.connect(poke, dispatch_uid="boards.live.poke")
        merged_too.append(merge_in_views)
