"""The diagram in the documents is the transition table's own; JOINDER_WRITE_SPEC=1 draws it anew."""

from __future__ import annotations

import os
from pathlib import Path

from joinder.office.jobs.states import diagram

PAGE = """# States of a job

Drawn from the table in `src/joinder/office/jobs/states.py`. A job that loses its lease waits again while attempts are
left, unless it may have had effects outside.

```mermaid
{diagram}
```
"""


def test_the_documents_show_the_table(repository: Path) -> None:
    path = repository / "docs" / "spec" / "jobs.md"
    drawn = PAGE.format(diagram=diagram())
    if os.environ.get("JOINDER_WRITE_SPEC"):
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn
