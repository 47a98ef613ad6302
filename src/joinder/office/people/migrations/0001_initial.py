"""Sign-ins, organisations, members, acting capacities and API clients.

Why: a sign-in is apart from a membership, and a membership from the capacity acted in.
Risk: none; new tables.
"""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import joinder.office.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationKind",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("administrative", "Administrative unit"),
                            ("judicial", "Judicial organ"),
                            ("professional", "Professional body"),
                            ("industry", "Industry"),
                            ("party", "Party"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name_zh", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ("order", "code"),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "As the system"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=10,
                        verbose_name="theme",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="demo")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="English name")),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region")),
                (
                    "uscc",
                    models.CharField(blank=True, max_length=18, verbose_name="unified social credit code"),
                ),
                ("is_demo", models.BooleanField(default=False, verbose_name="demo")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "superior",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subordinates",
                        to="people.organisation",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="people.organisationkind",
                    ),
                ),
            ],
            options={
                "ordering": ("kind__order", "name"),
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "opaque_id",
                    models.CharField(
                        default=joinder.office.people.models.new_opaque_id,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_demo", models.BooleanField(default=False, verbose_name="demo")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("organisation", "name"),
            },
        ),
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "client_id",
                    models.CharField(
                        default=joinder.office.people.models.new_opaque_id,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("secret_hash", models.CharField(editable=False, max_length=200)),
                (
                    "opaque_id",
                    models.CharField(
                        default=joinder.office.people.models.new_opaque_id,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("inspector", "Inspector"),
                            ("reviewer", "Legal reviewer"),
                            ("approver", "Approver"),
                            ("analyst", "Analyst"),
                            ("police_officer", "Police officer"),
                            ("prosecutor", "Prosecutor"),
                            ("clerk", "Court clerk"),
                            ("customs_officer", "Customs officer"),
                            ("appraiser", "Appraiser"),
                            ("expert", "Expert"),
                            ("counsel", "Right holder's counsel"),
                            ("agent", "Agent"),
                            ("compliance", "Compliance officer"),
                            ("notary", "Notary"),
                            ("mediator", "Mediator"),
                            ("respondent", "Respondent"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="capacity",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_clients",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ActingCapacity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("inspector", "Inspector"),
                            ("reviewer", "Legal reviewer"),
                            ("approver", "Approver"),
                            ("analyst", "Analyst"),
                            ("police_officer", "Police officer"),
                            ("prosecutor", "Prosecutor"),
                            ("clerk", "Court clerk"),
                            ("customs_officer", "Customs officer"),
                            ("appraiser", "Appraiser"),
                            ("expert", "Expert"),
                            ("counsel", "Right holder's counsel"),
                            ("agent", "Agent"),
                            ("compliance", "Compliance officer"),
                            ("notary", "Notary"),
                            ("mediator", "Mediator"),
                            ("respondent", "Respondent"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="capacity",
                    ),
                ),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                ("granted_by", models.CharField(blank=True, max_length=32)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capacities",
                        to="people.member",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("member", "capacity"),
                        name="capacity_once_per_member",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(
                fields=("user", "organisation"), name="member_once_per_organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(fields=("kind", "name"), name="organisation_name_unique"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("superior", models.F("id")), _negated=True),
                name="organisation_not_own_superior",
            ),
        ),
    ]
