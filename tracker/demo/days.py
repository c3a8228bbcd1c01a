"""Days and times of the story, counted back from the day on which it is loaded."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Shanghai")
OPENS, HOURS = time(9), 9
"""The working day of the story, in which its people change cards: 9:00 to 18:00."""
TODAY_MINUTES = 150
"""What happened “today” lies within the last two and a half hours, whatever the time is now."""


class Days:
    """Turns days counted from today into dates and moments; what happened lies in the past."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(HOME).date()

    def date(self, day: int) -> date:
        return self.today + timedelta(days=day)

    def morning(self, day: int, minute: int) -> datetime:
        """A moment before work begins, `minute` minutes after 8 o'clock (below 60): when things are set up."""
        return datetime.combine(self.date(day), time(8, minute), HOME)

    def evening(self, day: int) -> datetime:
        """The end of a working day to come."""
        return datetime.combine(self.date(day), OPENS, HOME) + timedelta(hours=HOURS)

    def at_work(self, day: int, share: float) -> datetime:
        """A moment of the working day: 0 is its beginning, 1 its end; today, the time up to now."""
        if day >= 0:
            return self.now - timedelta(minutes=TODAY_MINUTES * (1 - share) + 1)
        return datetime.combine(self.date(day), OPENS, HOME) + timedelta(hours=HOURS * share)
