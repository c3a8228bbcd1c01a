"""Somebody's own clock: when they are left in peace, and when their digest comes. Moments go in and out as UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notifications.models import Attention

DAYS = 8  # looked ahead: the next working day is among them


def rest_until(attention: Attention, zone: ZoneInfo, at: datetime) -> datetime | None:
    """When the rest ends that this moment falls into; None while the person works."""
    here = at
    for _step in range(2 * DAYS):
        local = here.astimezone(zone)
        if not works_on(attention, local.date()):
            here = moment(local.date() + timedelta(days=1), time(), zone)
        elif (end := end_of_quiet(attention, local)) is not None:
            here = moment(*end, zone)
        else:
            break
    return here if here > at else None


def works_on(attention: Attention, day: date) -> bool:
    """Who has no working day at all is left in peace by their quiet hours alone."""
    return not attention.working_days or str(day.isoweekday()) in attention.working_days


def end_of_quiet(attention: Attention, local: datetime) -> tuple[date, time] | None:
    """The day and time at which the quiet hours end that this local time is in. They may go over midnight."""
    begin, end, clock = attention.quiet_from, attention.quiet_until, local.time()
    if begin is None or end is None or begin == end:
        return None
    if begin < end:
        return (local.date(), end) if begin <= clock < end else None
    if clock >= begin:
        return local.date() + timedelta(days=1), end
    return (local.date(), end) if clock < end else None


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A local time as UTC. One that a change of the clocks leaves out comes as much later; one that comes twice is the
    first."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def next_digest(attention: Attention, zone: ZoneInfo, after: datetime) -> datetime | None:
    """When the next digest comes: on a working day, or on the day of the week that was chosen."""
    if attention.digest == Attention.Digest.OFF:
        return None
    day = after.astimezone(zone).date()
    for _step in range(DAYS + 1):
        at = moment(day, attention.digest_at, zone)
        if at > after and comes_on(attention, day):
            return at
        day += timedelta(days=1)
    return None


def comes_on(attention: Attention, day: date) -> bool:
    if attention.digest == Attention.Digest.WEEKLY:
        return day.isoweekday() == attention.digest_day
    return works_on(attention, day)
