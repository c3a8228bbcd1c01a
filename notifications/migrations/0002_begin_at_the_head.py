"""What happened before there was an inbox is not told any more: the notifier begins where each story stands."""

from django.db import migrations


def begin_at_the_head(apps, schema_editor):
    Stream, Cursor = apps.get_model("log", "Stream"), apps.get_model("log", "Cursor")
    streams = Stream.objects.filter(kind="project", head__gt=0)
    Cursor.objects.bulk_create(
        [Cursor(follower="notifications", stream=stream, seq=stream.head) for stream in streams.iterator()],
        batch_size=500,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("log", "0003_add_followers")]
    operations = [migrations.RunPython(begin_at_the_head, migrations.RunPython.noop)]
