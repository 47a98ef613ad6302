"""Models and migrations agree, and every migration says why it is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.core.management import call_command

import joinder.office as office

MIGRATIONS = sorted(Path(office.__file__).parent.glob("*/migrations/0*.py"))


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}.{path.stem}")
def test_a_migration_says_why(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said, f"{path.name} has no docstring"
