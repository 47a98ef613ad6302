"""Rights, authorised sellers and notes on telling genuine from fake.

Why: a right is what its pool holds; what people add to it (sellers, notes) must survive the next import.
Risk: none; new tables.
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
            name="Right",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pool", models.CharField(max_length=64)),
                ("right_id", models.CharField(max_length=200, verbose_name="number")),
                ("ref", models.CharField(max_length=400, unique=True, verbose_name="record")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("word", "Word mark"),
                            ("device", "Device mark"),
                            ("combined", "Combined mark"),
                            ("design", "Design"),
                            ("copyright", "Copyright"),
                            ("patent", "Patent right"),
                            ("gi", "Geographical indication"),
                        ],
                        max_length=12,
                        verbose_name="kind of right",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=120, verbose_name="office")),
                (
                    "registration_no",
                    models.CharField(blank=True, max_length=120, verbose_name="registration number"),
                ),
                ("holder", models.CharField(blank=True, max_length=300, verbose_name="holder")),
                ("mark", models.CharField(blank=True, max_length=300, verbose_name="mark")),
                ("aliases", models.JSONField(default=list, verbose_name="other writings")),
                ("classes", models.JSONField(default=list, verbose_name="classes")),
                ("goods", models.TextField(blank=True, verbose_name="goods")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="registered on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("status", models.CharField(blank=True, max_length=120, verbose_name="status")),
                (
                    "genuine_price_minor",
                    models.BigIntegerField(blank=True, null=True, verbose_name="usual price"),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("logo", models.CharField(blank=True, editable=False, max_length=200)),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "holder_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rights",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("mark", "right_id"),
            },
        ),
        migrations.CreateModel(
            name="ProductNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("product", models.CharField(max_length=200, verbose_name="product")),
                ("genuine", models.TextField(verbose_name="what genuine goods show")),
                ("fake", models.TextField(verbose_name="what fakes show")),
                (
                    "readers",
                    models.CharField(
                        choices=[
                            ("examiners", "Authorities and appraisers"),
                            ("platforms", "Authorities, appraisers and platforms"),
                        ],
                        default="examiners",
                        max_length=10,
                        verbose_name="who may read it",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("written_by", models.CharField(editable=False, max_length=32)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="product_notes",
                        to="people.organisation",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="rights.right"
                    ),
                ),
            ],
            options={
                "ordering": ("product", "-id"),
            },
        ),
        migrations.CreateModel(
            name="AuthorisedSeller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("platform", models.CharField(max_length=120, verbose_name="platform")),
                ("account_id", models.CharField(max_length=200, verbose_name="account")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="shop name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("from_pool", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("added_by", models.CharField(editable=False, max_length=32)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sellers", to="rights.right"
                    ),
                ),
            ],
            options={
                "ordering": ("platform", "account_id"),
            },
        ),
        migrations.AddConstraint(
            model_name="right",
            constraint=models.UniqueConstraint(fields=("pool", "right_id"), name="right_once_per_pool"),
        ),
        migrations.AddConstraint(
            model_name="authorisedseller",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("right", "platform", "account_id"),
                name="seller_authorised_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisedseller",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_from__lte", models.F("valid_until")),
                    _connector="OR",
                ),
                name="seller_term_in_order",
            ),
        ),
    ]
