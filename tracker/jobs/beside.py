"""The background work of a whole installation as threads beside a server: in `manage.py serve`."""

from tracker.jobs.lanes import Workers
from tracker.log.followers import Following


class Beside:
    """Those who follow the log, and all workers, until told to stop."""

    def __init__(self) -> None:
        self.following, self.workers = Following(), Workers()

    def start(self) -> None:
        self.following.start()
        self.workers.start()

    def stop(self, timeout: float = 15) -> None:
        self.following.stop(timeout)
        self.workers.stop(timeout)
