"""The ledger's entries.

Why: one table, appended only; the partial index finds what still waits for the log.
Risk: none; a new table.
"""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="recorded at"
                    ),
                ),
                ("actor_id", models.CharField(max_length=32, verbose_name="actor")),
                ("organisation_id", models.BigIntegerField(blank=True, null=True)),
                ("capacity", models.CharField(blank=True, max_length=20, verbose_name="capacity")),
                ("verb", models.CharField(max_length=80, verbose_name="verb")),
                ("target", models.CharField(max_length=400, verbose_name="target")),
                ("detail", models.JSONField(default=dict)),
                ("is_read", models.BooleanField(default=False)),
                (
                    "leaf_index",
                    models.BigIntegerField(
                        editable=False, null=True, unique=True, verbose_name="place in the log"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [
                    models.Index(fields=["organisation_id", "-id"], name="ledger_by_organisation"),
                    models.Index(fields=["actor_id", "-id"], name="ledger_by_actor"),
                    models.Index(fields=["target", "-id"], name="ledger_by_target"),
                    models.Index(
                        condition=models.Q(("leaf_index__isnull", True)),
                        fields=["id"],
                        name="ledger_not_sequenced",
                    ),
                ],
            },
        ),
    ]
