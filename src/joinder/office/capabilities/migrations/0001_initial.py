"""Published capabilities, every version kept.

Why: jobs name the version they asked by its digest; one version of a name is in force at a time.
Risk: none; a new table.
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
            name="Capability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pool", "Data pool"),
                            ("tool", "Tool"),
                            ("service", "Service by people"),
                            ("action", "Action"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("version", models.CharField(max_length=20)),
                ("title_zh", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("descriptor", models.JSONField()),
                ("digest", models.CharField(max_length=80)),
                ("askable_by", models.CharField(blank=True, editable=False, max_length=600)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capabilities",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "key"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("key",),
                        name="capability_one_current",
                    )
                ],
            },
        ),
    ]
