"""Pools, the files handed in for them, and their intakes.

Why: a pool needs an owner, purposes and a legal basis before anyone else may ask it; the constraint keeps that true.
Risk: none; new tables.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("jobs", "0001_initial"),
        ("people", "0002_seed_organisation_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="name")),
                ("kind", models.CharField(max_length=20, verbose_name="kind of record")),
                ("title_zh", models.CharField(max_length=120, verbose_name="title in Chinese")),
                ("title_en", models.CharField(max_length=120, verbose_name="title in English")),
                ("legal_basis", models.CharField(blank=True, max_length=300, verbose_name="legal basis")),
                ("purposes", models.JSONField(default=list, verbose_name="purposes")),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("open", "Open to anyone"),
                            ("personal", "Personal data"),
                            ("secret", "Secret"),
                        ],
                        default="personal",
                        max_length=10,
                        verbose_name="sensitivity",
                    ),
                ),
                (
                    "granularity",
                    models.CharField(
                        choices=[
                            ("boolean", "Yes or no"),
                            ("count", "A count"),
                            ("record", "Records, by release"),
                        ],
                        default="count",
                        max_length=10,
                        verbose_name="answers others with",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("own", "The owner alone"),
                            ("authorities", "Authorities"),
                            ("partners", "All who take part, respondents aside"),
                        ],
                        default="own",
                        max_length=12,
                        verbose_name="who may query it",
                    ),
                ),
                (
                    "fresh_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="renewed every (days)"
                    ),
                ),
                ("records", models.PositiveBigIntegerField(default=0, editable=False)),
                ("rejected", models.PositiveBigIntegerField(default=0, editable=False)),
                ("renewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "kind"),
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("stored", models.CharField(editable=False, max_length=300)),
                ("digest", models.CharField(editable=False, max_length=80)),
                ("size", models.PositiveBigIntegerField(editable=False)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("received_by", models.CharField(editable=False, max_length=32)),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="catalogue.pool",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="IngestRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("files", models.JSONField(default=list)),
                ("mapping", models.TextField(blank=True)),
                ("dry_run", models.BooleanField(default=False)),
                ("report", models.JSONField(blank=True, null=True)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("started_by", models.CharField(editable=False, max_length=32)),
                ("finished_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "job",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingest_run",
                        to="jobs.job",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="runs", to="catalogue.pool"
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="runs",
                        to="catalogue.upload",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.UniqueConstraint(fields=("name", "kind"), name="pool_once"),
        ),
        migrations.AddConstraint(
            model_name="pool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("audience", "own"), models.Q(("legal_basis", ""), _negated=True), _connector="OR"
                ),
                name="pool_shared_has_legal_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="ingestrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("report__isnull", True)),
                    models.Q(("finished_at__isnull", False), ("report__isnull", False)),
                    _connector="OR",
                ),
                name="ingest_finished_has_report",
            ),
        ),
    ]
