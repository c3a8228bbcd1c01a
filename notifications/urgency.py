"""What may interrupt somebody: points for the reason, the account's tier and the day it is due.

One table, so that it can be read and argued about. A mention always interrupts; what somebody only watches waits for the
digest, unless it is due.
"""

from datetime import date, timedelta

from notifications.models import Reason, Urgency
from tracker.accounts.models import Account
from tracker.work.models import Task

POINTS: dict[str, int] = {
    Reason.MENTIONED: 5,
    Reason.ASSIGNED: 3,
    Reason.BLOCKS: 3,
    Reason.ANNOUNCED: 3,
    Reason.HANDED: 3,
    Reason.ANSWERED: 3,
    Reason.OVERDUE: 3,
    Reason.UNANSWERED: 3,
    Reason.DUE: 2,
    Reason.OWNER: 2,
    Reason.ACCESS: 2,
    Reason.LEAD: 2,
    Reason.ASSIGNEE: 1,
    Reason.ACCOUNT_OWNER: 1,
    Reason.STARTS: 1,
    Reason.STILL: 0,
    Reason.WATCHING: 0,
}
USUAL = 3  # of a reason that has no line above: somebody waits for this person
OF_TIER: dict[str, int] = {Account.Tier.STRATEGIC: 1, Account.Tier.STANDARD: -1, Account.Tier.EXITED: -1}
IF_DUE_SOON = 1
SOON = timedelta(days=1)
INTERRUPTS, WAITS_FOR_BUNDLE = 4, 1  # points from which it does


def urgency(reason: str, account: Account | None, task: Task | None, today: date) -> Urgency:
    points = POINTS.get(reason, USUAL)
    if account is not None:
        points += OF_TIER.get(account.tier, 0)
    if task is not None and task.due is not None and task.completed_at is None and task.due <= today + SOON:
        points += IF_DUE_SOON
    if points >= INTERRUPTS:
        return Urgency.NOW
    return Urgency.BUNDLE if points >= WAITS_FOR_BUNDLE else Urgency.DIGEST
