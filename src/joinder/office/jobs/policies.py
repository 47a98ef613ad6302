"""Who may do what with a job; pure functions of the job's plain values and the actor."""

from __future__ import annotations

from django.utils.translation import gettext as _

from joinder.office.jobs.models import Job, Transport
from joinder.office.jobs.states import State
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed


def may_cancel(actor: Actor, job: Job) -> bool:
    """Who asked may take it back while it is open; so may the node."""
    return not job.is_final and (
        actor.is_system
        or (actor.organisation_id is not None and actor.organisation_id == job.organisation_id)
    )


def check_may_cancel(actor: Actor, job: Job) -> None:
    """Raises NotAllowed unless the actor may cancel."""
    if not may_cancel(actor, job):
        raise NotAllowed(
            _("%(job)s can only be cancelled by the organisation that asked it, while it is open.")
            % {"job": job.reference}
        )


def may_decide(actor: Actor, job: Job) -> bool:
    """The provider decides on a proposed job; nobody decides on their own request."""
    return (
        job.state == State.PROPOSED
        and actor.organisation_id is not None
        and actor.organisation_id == job.provider_id
        and actor.id != job.actor_key
    )


def check_may_decide(actor: Actor, job: Job) -> None:
    """Raises NotAllowed unless the actor may approve or deny."""
    if not may_decide(actor, job):
        raise NotAllowed(
            _("%(job)s is decided by a member of the organisation asked, who did not ask it.")
            % {"job": job.reference}
        )


def may_answer(actor: Actor, job: Job) -> bool:
    """A person of the provider answers a job that is carried out by people."""
    return (
        job.transport == Transport.PEOPLE
        and job.state in {State.QUEUED, State.LEASED}
        and actor.organisation_id is not None
        and actor.organisation_id == job.provider_id
    )


def check_may_answer(actor: Actor, job: Job) -> None:
    """Raises NotAllowed unless the actor may accept and answer."""
    if not may_answer(actor, job):
        raise NotAllowed(
            _("%(job)s is answered by a member of the organisation asked.") % {"job": job.reference}
        )


def may_give_input(actor: Actor, job: Job) -> bool:
    """Who asked answers the question back."""
    return (
        job.state == State.NEEDS_INPUT
        and actor.organisation_id is not None
        and actor.organisation_id == job.organisation_id
    )


def check_may_give_input(actor: Actor, job: Job) -> None:
    """Raises NotAllowed unless the actor may answer the question."""
    if not may_give_input(actor, job):
        raise NotAllowed(
            _("The question on %(job)s is answered by the organisation that asked the job.")
            % {"job": job.reference}
        )
