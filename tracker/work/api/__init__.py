from ninja import Router

from . import accounts, announcements, cards, comments, files, handovers, many, projects, tasks, undo, workflows

router = Router()
for part in (accounts, projects, many, tasks, cards, comments, files, handovers, announcements, undo, workflows):
    router.add_router("", part.router)
