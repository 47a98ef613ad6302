"""Leads and the verdicts about them.

Why: a suspicion and what a person decided about it are kept apart; the constraints keep one lead per listing and right,
one verdict per version, and a decided lead from lacking who and when. Risk: none; new tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_seed_organisation_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listing", models.CharField(max_length=300)),
                ("listing_record", models.CharField(max_length=300)),
                ("right", models.CharField(max_length=300)),
                ("right_record", models.CharField(max_length=300)),
                ("platform", models.CharField(blank=True, max_length=120, verbose_name="platform")),
                ("account_id", models.CharField(blank=True, max_length=200, verbose_name="account")),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="title")),
                ("mark", models.CharField(blank=True, max_length=300, verbose_name="mark")),
                ("holder", models.CharField(blank=True, max_length=300, verbose_name="right holder")),
                ("shown", models.JSONField(default=dict)),
                ("channel", models.CharField(blank=True, max_length=20, verbose_name="found by")),
                ("score_milli", models.IntegerField(verbose_name="score")),
                ("explanation", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("undecided", "Undecided"),
                            ("suspected", "Suspected"),
                            ("cleared", "Not suspected"),
                            ("duplicate", "Duplicate"),
                            ("unsure", "Unsure"),
                        ],
                        db_index=True,
                        default="undecided",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("decided_by", models.CharField(blank=True, max_length=32)),
                ("decided_capacity", models.CharField(blank=True, max_length=30)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("later_at", models.DateTimeField(blank=True, null=True)),
                ("matter", models.CharField(blank=True, max_length=60, verbose_name="matter")),
                ("matter_url", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("screened_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-score_milli", "pk"),
            },
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
                        blank=True,
                        choices=[
                            ("suspected", "Suspected"),
                            ("cleared", "Not suspected"),
                            ("duplicate", "Duplicate"),
                            ("unsure", "Unsure"),
                        ],
                        max_length=12,
                    ),
                ),
                ("grounds", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("undecided", "Undecided"),
                            ("suspected", "Suspected"),
                            ("cleared", "Not suspected"),
                            ("duplicate", "Duplicate"),
                            ("unsure", "Unsure"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("actor_key", models.CharField(max_length=32)),
                ("capacity", models.CharField(blank=True, max_length=30)),
                ("idempotency_key", models.CharField(max_length=80)),
                ("body_digest", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="leads.judgement",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["owner", "status", "-score_milli", "id"], name="lead_queue"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["owner", "platform", "account_id"], name="lead_shop"),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(
                fields=("owner", "listing_record", "right_record"), name="lead_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by", ""), ("status", "undecided")),
                    models.Q(
                        models.Q(("status", "undecided"), _negated=True),
                        ("decided_at__isnull", False),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="lead_decided_says_who_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                fields=("actor_key", "idempotency_key"), name="judgement_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(fields=("lead", "version"), name="judgement_one_per_version"),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reverses__isnull", False), ("verdict", "")),
                    models.Q(("reverses__isnull", True), models.Q(("verdict", ""), _negated=True)),
                    _connector="OR",
                ),
                name="judgement_is_verdict_or_reversal",
            ),
        ),
    ]
