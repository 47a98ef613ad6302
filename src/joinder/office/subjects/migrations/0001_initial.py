"""Subjects, their links to accounts, judgements about them, and resolution runs.

Why: a link needs a state, a time and reasons of its own; the constraints keep an account in one subject at a time and a
judgement that was taken back signed. Risk: none; new tables.
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
            name="Entity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="reference")),
                ("petname", models.CharField(blank=True, max_length=120, verbose_name="working name")),
                ("shared", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="subjects.entity",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entities",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pools", models.JSONField(default=list)),
                ("folder", models.CharField(editable=False, max_length=300)),
                ("counts", models.JSONField(default=dict)),
                ("alarms", models.JSONField(default=list)),
                ("finished_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "job",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolution",
                        to="jobs.job",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record", models.CharField(db_index=True, max_length=300)),
                ("ref", models.CharField(max_length=320)),
                ("pool", models.CharField(max_length=64, verbose_name="pool")),
                ("platform", models.CharField(blank=True, max_length=120, verbose_name="platform")),
                ("account_id", models.CharField(max_length=200, verbose_name="account")),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
                ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                ("shown", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("suspected", "Suspected same entity"),
                            ("confirmed", "Confirmed"),
                            ("disputed", "Disputed"),
                            ("retracted", "Unlinked"),
                            ("superseded", "Superseded"),
                        ],
                        default="suspected",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("bits", models.FloatField(null=True)),
                ("probability", models.FloatField(null=True)),
                ("prior_bits", models.FloatField(default=0)),
                ("parts", models.JSONField(default=list)),
                ("partner", models.CharField(blank=True, max_length=300)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="subjects.entity",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="subjects.run",
                    ),
                ),
            ],
            options={
                "ordering": ("platform", "account_id"),
            },
        ),
        migrations.AddField(
            model_name="entity",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entities",
                to="subjects.run",
            ),
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("same", "Same entity"),
                            ("different", "Different entities"),
                            ("unsure", "Doubtful"),
                        ],
                        max_length=10,
                    ),
                ),
                ("others", models.JSONField(default=list)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("suspected", "Suspected same entity"),
                            ("confirmed", "Confirmed"),
                            ("disputed", "Disputed"),
                            ("retracted", "Unlinked"),
                            ("superseded", "Superseded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("by", models.CharField(max_length=32)),
                ("capacity", models.CharField(max_length=30)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_by", models.CharField(blank=True, max_length=32)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="subjects.link",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("link",),
                        name="one_standing_judgement_per_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("retired_by", "")),
                            models.Q(
                                ("retired_at__isnull", False), models.Q(("retired_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="subject_judgement_retired_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("owner", "record"),
                name="account_in_one_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["retracted", "superseded"]), _negated=True),
                    ("until__isnull", False),
                    _connector="OR",
                ),
                name="link_that_ended_says_when",
            ),
        ),
    ]
