"""A handler that says that it began and then takes its time; run as a program it is a worker."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "joinder.office.config.settings"
    django.setup()

from joinder.office.jobs import registry, worker


@registry.handler("test.slow")
def slow(payload: dict[str, Any], context: Any) -> Any:
    """Leave a sign, work, and let the effect land under the fence."""
    Path(payload["begun"]).write_text("begun", encoding="utf-8")
    for _step in range(0 if payload.get("quick") else 1200):
        time.sleep(0.05)
    return context.finish(lambda: {"applied": 1})


if __name__ == "__main__":
    worker.run_forever(threading.Event())
