"""How far back a stream is replayed. Whoever knows less starts anew from a snapshot; the events themselves stay."""

from datetime import timedelta

from django.db.models import F
from django.utils.timezone import now

from tracker.log.models import Event, Stream

LEAST_EVENTS = 10_000  # of each stream, however old they are
LEAST_TIME = timedelta(days=7)  # of each stream, however much has happened


def raise_floors() -> int:
    """Give up replaying what is older than both; returns in how many streams."""
    raised = 0
    for stream in Stream.objects.filter(head__gt=F("floor") + LEAST_EVENTS):
        old = Event.objects.filter(stream=stream, seq__lte=stream.head - LEAST_EVENTS, at__lt=now() - LEAST_TIME)
        floor = old.order_by("-seq").values_list("seq", flat=True).first() or 0
        raised += Stream.objects.filter(pk=stream.pk, epoch=stream.epoch, floor__lt=floor).update(floor=floor)
    return raised
