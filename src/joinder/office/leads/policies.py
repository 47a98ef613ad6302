"""Who may screen and who may judge: pure functions of plain values."""

from __future__ import annotations

from django.utils.translation import gettext as _

from joinder.office.catalogue.models import Granularity, Pool, Purpose
from joinder.office.leads.errors import ScreeningRefused, VerdictIncomplete
from joinder.office.leads.grounds import Clearance, Ground, Verdict
from joinder.office.leads.models import Lead
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed

#: Capacities that work through leads.
JUDGES = ("inspector", "reviewer", "analyst", "counsel", "agent", "compliance", "customs_officer")


def may_judge(actor: Actor, lead: Lead | None = None) -> bool:
    """Members of the lead's organisation in a capacity that decides; never the node itself: a person decides."""
    if actor.is_system or actor.organisation_id is None or actor.capacity not in JUDGES:
        return False
    return lead is None or lead.owner_id == actor.organisation_id


def check_may_judge(actor: Actor, lead: Lead | None = None) -> None:
    """Raises NotAllowed unless the actor may decide on the lead."""
    if not may_judge(actor, lead):
        raise NotAllowed(
            _("Leads are decided by the inspectors, analysts or counsel of the organisation that screened."),
            mend=_("Switch to such a capacity."),
        )


def may_screen(actor: Actor) -> bool:
    """Who may judge may screen; the node itself may screen for an organisation."""
    return actor.is_system or may_judge(actor)


def check_may_screen(actor: Actor, listings: Pool, *others: Pool) -> None:
    """Raises NotAllowed, or ScreeningRefused naming the pool whose rules refuse.

    Listings of one's own organisation, or of a pool that gives records for screening; rights and accounts of any pool
    that may be used for screening. Visibility is checked by the caller, who found the pools through ``visible_to``.
    """
    if not may_screen(actor):
        check_may_judge(actor)
    for pool in (listings, *others):
        if actor.is_system or pool.owner_id == actor.organisation_id:
            continue
        needs_records = pool is listings and pool.granularity != Granularity.RECORD
        if Purpose.SCREENING not in pool.purposes or needs_records:
            raise ScreeningRefused(
                _("The pool %(pool)s may not be screened by your organisation.") % {"pool": pool},
                mend=_("Ask its owner to allow the purpose “screening”, for listings with records."),
            )


def check_grounds(verdict: str, grounds: list[str], note: str) -> None:
    """Raises VerdictIncomplete where a verdict lacks the ground that it needs, or names one that is none."""
    known: dict[str, list[str]] = {
        Verdict.SUSPECTED: Ground.values,
        Verdict.CLEARED: Clearance.values,
        Verdict.DUPLICATE: [],
        Verdict.UNSURE: [],
    }
    if verdict not in known:
        raise VerdictIncomplete(_("There is no verdict “%(verdict)s”.") % {"verdict": verdict})
    strange = sorted(set(grounds) - set(known[verdict]))
    if strange:
        raise VerdictIncomplete(
            _("Not a ground of this verdict: %(grounds)s") % {"grounds": ", ".join(strange)}
        )
    if known[verdict] and not grounds:
        raise VerdictIncomplete(
            _("“Suspected” needs at least one ground.")
            if verdict == Verdict.SUSPECTED
            else _("“Not suspected” needs a reason.")
        )
    if "other" in grounds and not note.strip():
        raise VerdictIncomplete(_("Say in a few words which other ground."))
