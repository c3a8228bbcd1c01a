"""Accounts as people may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from tracker.accounts.models import Account, AccountMember
from tracker.errors import NotFound
from tracker.people import access
from tracker.people.models import Function, User


def accounts_for(viewer: User) -> QuerySet[Account]:
    return access.visible(viewer, Account)


def find_account(*, viewer: User, account_id: int) -> Account:
    """One account. Raises NotFound where it is hidden or missing."""
    account = accounts_for(viewer).select_related("parent").filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def matching(
    accounts: QuerySet[Account], *, tier: str = "", owner: int | None = None, text: str = ""
) -> QuerySet[Account]:
    """Accounts of a tier, of an owner, and with the text in their code or name."""
    if tier:
        accounts = accounts.filter(tier=tier)
    if owner is not None:
        accounts = accounts.filter(owner_id=owner)
    if text:
        accounts = accounts.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(name_zh__icontains=text))
    return accounts


def vacancies(accounts: list[Account]) -> dict[int, list[int]]:
    """Account id → the functions that nobody on its team fills, in the order of functions."""
    functions = list(Function.objects.values_list("pk", flat=True))
    filled: dict[int, set[int | None]] = {account.pk: set() for account in accounts}
    team = AccountMember.objects.filter(account__in=filled, person__is_active=True)
    for account_id, function_id in team.values_list("account_id", "function_id"):
        filled[account_id].add(function_id)
    return {pk: [function for function in functions if function not in taken] for pk, taken in filled.items()}


def row(account: Account, empty: list[int]) -> dict[str, Any]:
    """The account as lists show it, without what the work on it adds."""
    return {
        "id": account.pk,
        "code": account.code,
        "name": account.name,
        "name_zh": account.name_zh,
        "industry": account.industry,
        "industry_zh": account.industry_zh,
        "country": account.country,
        "parent": account.parent_id,
        "tier": account.tier,
        "owner": account.owner_id,
        "vacancies": len(empty),
        "version": account.version,
    }
