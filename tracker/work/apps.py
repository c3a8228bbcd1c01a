from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "tracker.work"
    label = "work"

    def ready(self) -> None:
        from tracker.accounts.services import dependants
        from tracker.log.change import project_stream
        from tracker.log.commands import readers
        from tracker.people import access
        from tracker.work import chores, events, models  # noqa: F401  (chores and events register themselves)
        from tracker.work.selectors.tasks import seen_by

        access.register(
            access.Guarded(
                model=models.Project,
                kind="project",
                users=models.ProjectUserObjectPermission,
                groups=models.ProjectGroupObjectPermission,
                roles=access.ROLES,
                parent="account",
                private="is_private",
            )
        )
        readers["project"] = lambda user, ref: (
            access.visible(user, models.Project).filter(pk=ref).exists()
            or access.visible(user, models.Project, "visit").filter(pk=ref).exists()
        )
        readers["task"] = lambda user, ref: models.Task.objects.filter(seen_by(user), pk=ref).exists()
        # A private project is told too: whether the account's roles count for it may be what changes next.
        dependants.append(
            lambda account: [
                project_stream(pk) for pk in models.Project.objects.filter(account=account).values_list("pk", flat=True)
            ]
        )
