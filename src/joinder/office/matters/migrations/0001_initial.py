"""Matters with their parties, records, facts, clocks, tasks and history; notices with their steps.

Why: a notice and a matter are apart, since most notices never become a case; a clock belongs to one of them. A matter
names leads, subjects and exhibits by key, so that the file survives whatever their apps do. Risk: none; new tables.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_seed_organisation_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="number")),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Registered"),
                            ("investigating", "Under investigation"),
                            ("suspended", "Suspended"),
                            ("decided", "Decided"),
                            ("referred", "Referred to the police"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("offence", models.CharField(max_length=60, verbose_name="offence")),
                ("act_on", models.DateField(help_text="Chooses the law.", verbose_name="day of the act")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("opened_by", models.CharField(editable=False, max_length=32)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("statement_zh", models.CharField(blank=True, max_length=500)),
                ("statement_en", models.CharField(blank=True, max_length=500)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("to_prove", "To be proven"),
                            ("undisputed", "Undisputed"),
                            ("denied", "Denied by the party"),
                            ("uncertain", "Uncertain"),
                        ],
                        default="to_prove",
                        max_length=12,
                        verbose_name="standing",
                    ),
                ),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("stated_by", models.CharField(editable=False, max_length=32)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="matters.matter"
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="MatterEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("verb", models.CharField(max_length=60)),
                ("text_zh", models.CharField(max_length=500)),
                ("text_en", models.CharField(max_length=500)),
                ("actor_id", models.CharField(max_length=32)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="matters.matter",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="MatterParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("handler", "Handling unit"),
                            ("assisting", "Assisting unit"),
                            ("supervisor", "Supervising organ"),
                            ("expert", "Expert or appraiser"),
                            ("complainant", "Right holder"),
                            ("platform", "Platform"),
                            ("respondent", "Respondent"),
                        ],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="matters.matter",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matter_roles",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="MatterRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("lead", "Lead"), ("entity", "Subject"), ("exhibit", "Exhibit")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("key", models.CharField(max_length=200)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("joined_by", models.CharField(editable=False, max_length=32)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="matters.matter",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="FactExhibit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("passage", models.CharField(blank=True, max_length=500)),
                ("linked_by", models.CharField(editable=False, max_length=32)),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exhibits",
                        to="matters.fact",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="matters.matterrecord",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=24, unique=True, verbose_name="reference")),
                ("regime", models.CharField(default="cn-ecommerce", max_length=40)),
                ("shop_name", models.CharField(blank=True, max_length=200, verbose_name="shop")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("submitted", "Sent to the platform"),
                            ("rejected", "Refused: to be mended"),
                            ("accepted", "Accepted"),
                            ("measures_taken", "Measures taken"),
                            ("forwarded_to_seller", "Forwarded to the seller"),
                            ("declaration_received", "Counter-statement received"),
                            ("forwarded_to_holder", "Counter-statement forwarded"),
                            ("waiting", "Waiting period"),
                            ("holder_acted", "Right holder complained or sued"),
                            ("expired", "Waiting period over"),
                            ("measures_ended", "Measures ended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="drafted",
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                ("measures", models.JSONField(blank=True, default=list)),
                ("refusals", models.JSONField(blank=True, default=list)),
                ("declaration", models.JSONField(blank=True, default=dict)),
                ("holder_action", models.JSONField(blank=True, default=dict)),
                ("drafted_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("forwarded_at", models.DateTimeField(blank=True, help_text="To the seller.", null=True)),
                (
                    "drafted_by_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="matters.matter",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices_received",
                        to="people.organisation",
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices_about",
                        to="people.organisation",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices_sent",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule_id", models.CharField(max_length=80)),
                ("rule_citation_zh", models.CharField(max_length=200)),
                ("rule_citation_en", models.CharField(max_length=300)),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("trigger_at", models.DateTimeField()),
                (
                    "trigger_target",
                    models.CharField(
                        blank=True, help_text="The record that proves the trigger.", max_length=200
                    ),
                ),
                ("due_on", models.DateField()),
                ("due_at", models.DateTimeField()),
                ("explanation", models.JSONField(default=dict)),
                ("provisional", models.BooleanField(default=False)),
                ("exclusions", models.JSONField(blank=True, default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped"),
                            ("met", "Met"),
                            ("expired", "Over"),
                        ],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("paused_on", models.DateField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "stop_reason",
                    models.CharField(blank=True, help_text="Of the pause or the stop.", max_length=300),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Who must act.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="people.organisation",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="matters.matter",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="matters.notice",
                    ),
                ),
            ],
            options={
                "ordering": ("due_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="NoticeStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("verb", models.CharField(max_length=40)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("drafted", "Draft"),
                            ("submitted", "Sent to the platform"),
                            ("rejected", "Refused: to be mended"),
                            ("accepted", "Accepted"),
                            ("measures_taken", "Measures taken"),
                            ("forwarded_to_seller", "Forwarded to the seller"),
                            ("declaration_received", "Counter-statement received"),
                            ("forwarded_to_holder", "Counter-statement forwarded"),
                            ("waiting", "Waiting period"),
                            ("holder_acted", "Right holder complained or sued"),
                            ("expired", "Waiting period over"),
                            ("measures_ended", "Measures ended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("submitted", "Sent to the platform"),
                            ("rejected", "Refused: to be mended"),
                            ("accepted", "Accepted"),
                            ("measures_taken", "Measures taken"),
                            ("forwarded_to_seller", "Forwarded to the seller"),
                            ("declaration_received", "Counter-statement received"),
                            ("forwarded_to_holder", "Counter-statement forwarded"),
                            ("waiting", "Waiting period"),
                            ("holder_acted", "Right holder complained or sued"),
                            ("expired", "Waiting period over"),
                            ("measures_ended", "Measures ended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("sender", "Right holder"),
                            ("platform", "Platform"),
                            ("respondent", "Seller"),
                            ("clock", "Clock"),
                        ],
                        max_length=12,
                    ),
                ),
                ("actor_id", models.CharField(max_length=32)),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="matters.notice"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("due_on", models.DateField(blank=True, null=True)),
                ("added_by", models.CharField(editable=False, max_length=32)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, max_length=32)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="matters.matter"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matter_tasks",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="FactElement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("element", models.CharField(max_length=60)),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("contradicts", "Contradicts")],
                        default="supports",
                        max_length=12,
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elements",
                        to="matters.fact",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("fact", "element"), name="fact_element_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["organisation", "status", "-id"], name="matter_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.UniqueConstraint(fields=("matter", "number"), name="fact_number_once"),
        ),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("statement_zh", ""), _negated=True),
                    models.Q(("statement_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="fact_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="matterparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True)),
                fields=("matter", "organisation", "role"),
                name="matter_party_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="matterrecord",
            constraint=models.UniqueConstraint(fields=("matter", "kind", "key"), name="matter_record_once"),
        ),
        migrations.AddConstraint(
            model_name="factexhibit",
            constraint=models.UniqueConstraint(fields=("fact", "record"), name="fact_exhibit_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["sender", "-id"], name="notice_by_sender"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["platform", "state", "-id"], name="notice_by_platform"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["respondent", "-id"], name="notice_by_respondent"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["drafted", "withdrawn"]), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="notice_sent_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                "declaration_received",
                                "expired",
                                "forwarded_to_holder",
                                "forwarded_to_seller",
                                "holder_acted",
                                "measures_ended",
                                "waiting",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("forwarded_at__isnull", False),
                    _connector="OR",
                ),
                name="notice_forwarded_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(fields=["organisation", "state", "due_at"], name="clock_by_duty"),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter__isnull", False), ("notice__isnull", False), _connector="OR"),
                name="clock_belongs_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["running", "paused"]), ("stopped_at__isnull", True)),
                    models.Q(
                        models.Q(("state__in", ["running", "paused"]), _negated=True),
                        ("stopped_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="clock_stop_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_on__isnull", False), ("state", "paused")),
                    models.Q(models.Q(("state", "paused"), _negated=True), ("paused_on__isnull", True)),
                    _connector="OR",
                ),
                name="clock_pause_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by", "")),
                    models.Q(("done_at__isnull", False), models.Q(("done_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="task_done_by_and_when",
            ),
        ),
    ]
