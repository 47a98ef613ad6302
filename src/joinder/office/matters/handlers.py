"""Jobs of matters: the end of a waiting period."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from joinder.office.jobs import registry
from joinder.office.jobs.context import JobContext
from joinder.office.matters import clocks
from joinder.office.matters.models import Clock, Notice
from joinder.office.matters.notices import alarm, services
from joinder.office.matters.notices.transitions import State
from joinder.office.people.actors import Actor


@registry.handler(alarm.KIND)
def expire_notice(payload: dict[str, Any], context: JobContext) -> Any:
    """Take the clock's step if the notice still waits and its deadline has passed; otherwise nothing."""

    def apply() -> dict[str, str]:
        notice = Notice.objects.get(reference=payload["reference"])
        if notice.state != State.WAITING:
            return {"state": notice.state}
        clock = services.waiting_clock(notice)
        if clock.state == Clock.State.RUNNING and clocks.is_over(clock, timezone.now()):
            notice = services.expire(Actor.system(), notice)
        return {"state": notice.state}

    return context.finish(apply)
