from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tracker.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tracker.accounts import events, models  # noqa: F401  (events registers itself)
        from tracker.log.commands import readers
        from tracker.people import access

        access.register(
            access.Guarded(
                model=models.Account,
                kind="account",
                users=models.AccountUserObjectPermission,
                groups=models.AccountGroupObjectPermission,
                roles=access.TEAM_ROLES,
            )
        )
        readers["account"] = lambda user, ref: access.visible(user, models.Account).filter(pk=ref).exists()
