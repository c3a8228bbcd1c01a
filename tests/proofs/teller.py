"""Who tells people, as a process that can be killed: those who follow the log, and the workers, as in `manage.py serve`."""

import threading

if __name__ == "__main__":
    import django

    django.setup()
    from tracker.jobs.lanes import Workers
    from tracker.log.followers import Following

    Following().start()
    Workers().start()
    threading.Event().wait()
