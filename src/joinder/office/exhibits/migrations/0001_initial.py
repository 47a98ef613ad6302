"""Exhibits, what happened to them, what the verifier said, and to whom they are shown.

Why: a sealed package needs a name, an owner and a custody that is appended to; the constraints keep its digest single
per owner and every showing for a stated purpose. Risk: none; new tables.
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
            name="Exhibit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(editable=False, max_length=16, unique=True, verbose_name="reference"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("captured", "Captured by this node"),
                            ("received", "Received as a package"),
                        ],
                        max_length=8,
                        verbose_name="source",
                    ),
                ),
                ("digest", models.CharField(max_length=71, verbose_name="digest")),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("url", models.TextField(verbose_name="address")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="page title")),
                ("matter", models.CharField(blank=True, max_length=120, verbose_name="case number")),
                ("sequence", models.PositiveIntegerField(verbose_name="sequence")),
                ("operators", models.JSONField(default=list, verbose_name="operators")),
                ("started_at", models.DateTimeField(verbose_name="capture began")),
                ("ended_at", models.DateTimeField(verbose_name="capture ended")),
                ("complete", models.BooleanField(verbose_name="complete")),
                ("official", models.BooleanField(verbose_name="official")),
                ("self_issued", models.BooleanField(verbose_name="self-issued")),
                ("facts", models.JSONField(default=dict)),
                ("files", models.JSONField(default=list)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("received_by", models.CharField(editable=False, max_length=32)),
                (
                    "job",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibit",
                        to="jobs.job",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="CustodyEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("captured", "Captured and sealed"),
                            ("received", "Package received"),
                            ("verified", "Verified"),
                            ("downloaded", "Downloaded"),
                            ("shown", "Shown to an organisation"),
                            ("withdrawn", "No longer shown"),
                        ],
                        max_length=10,
                    ),
                ),
                ("actor_key", models.CharField(max_length=32)),
                ("capacity", models.CharField(blank=True, max_length=20)),
                ("detail", models.JSONField(default=dict)),
                ("entry", models.UUIDField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "exhibit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custody",
                        to="exhibits.exhibit",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Showing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose")),
                ("shown_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("shown_by", models.CharField(editable=False, max_length=32)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "exhibit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="showings",
                        to="exhibits.exhibit",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exhibits_shown",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("by", models.CharField(editable=False, max_length=32)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("valid", "Intact"), ("invalid", "Not valid"), ("unknown", "Cannot tell")],
                        max_length=8,
                    ),
                ),
                ("checks", models.JSONField(default=list)),
                ("summary", models.JSONField(default=dict)),
                (
                    "exhibit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="exhibits.exhibit",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.UniqueConstraint(fields=("owner", "digest"), name="exhibit_once_per_owner"),
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at__gte", models.F("started_at"))), name="exhibit_ends_after_begin"
            ),
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="exhibit_has_bytes"),
        ),
        migrations.AddConstraint(
            model_name="showing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("exhibit", "organisation"),
                name="exhibit_shown_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="showing",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose", ""), _negated=True), name="exhibit_shown_for_a_purpose"
            ),
        ),
    ]
