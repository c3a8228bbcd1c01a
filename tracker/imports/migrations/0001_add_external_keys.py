import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ExternalKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=200)),
                ("object_id", models.BigIntegerField()),
                ("digests", models.JSONField(default=dict)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "kind", "key"), name="a_key_leads_to_one_thing"),
                    models.UniqueConstraint(
                        fields=("source", "kind", "object_id"), name="a_thing_has_one_key_in_a_source"
                    ),
                ],
            },
        ),
    ]
