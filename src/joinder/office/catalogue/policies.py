"""Who may do what with a pool: pure functions of plain values."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from joinder.office.catalogue.errors import QuestionRefused
from joinder.office.catalogue.models import AUTHORITIES, Granularity, Pool
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed

#: Capacities that keep an organisation's pools.
KEEPERS = ("administrator", "inspector", "analyst", "counsel", "agent", "compliance", "customs_officer")


def may_register(actor: Actor) -> bool:
    """Members who keep data, of any organisation but a respondent."""
    if actor.is_system:
        return True
    return (
        actor.organisation_id is not None
        and actor.organisation_kind != "respondent"
        and actor.capacity in KEEPERS
    )


def check_may_register(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may register a pool."""
    if not may_register(actor):
        raise NotAllowed(
            "Pools are registered by an organisation's administrator or a member who keeps its data."
        )


def may_manage(actor: Actor, pool: Pool) -> bool:
    """The owner's members who keep data."""
    return actor.is_system or (actor.organisation_id == pool.owner_id and may_register(actor))


def check_may_manage(actor: Actor, pool: Pool) -> None:
    """Raises NotAllowed unless the actor may change the pool or take data in."""
    if not may_manage(actor, pool):
        raise NotAllowed(
            _("The pool %(name)s is kept by its owner, %(owner)s.") % {"name": pool.name, "owner": pool.owner}
        )


@dataclass(frozen=True)
class Terms:
    """On what a pool answers: whether at all, and how finely. ``reason_*`` where it does not."""

    answers: bool
    granularity: str = ""
    reason_zh: str = ""
    reason_en: str = ""


def terms_for(actor: Actor, pool: Pool, purpose: str, legal_basis: str) -> Terms:
    """How a pool answers this actor's question.

    The owner gets a count for any purpose. Others must be in the audience, name a purpose that the pool allows and a
    legal basis; a pool that releases records still answers a question with a count, records leave by release only.
    Example: a pool for ``case`` whose audience is the authorities refuses a platform, and refuses ``research``.
    """
    if actor.is_system or actor.organisation_id == pool.owner_id:
        return Terms(True, Granularity.COUNT)
    in_audience = pool.audience == "partners" or (
        pool.audience == "authorities" and actor.organisation_kind in AUTHORITIES
    )
    if not in_audience or actor.organisation_id is None or actor.organisation_kind == "respondent":
        return Terms(False, "", "本数据池不向您的单位开放。", "This pool is not open to your organisation.")
    if purpose not in pool.purposes:
        return Terms(False, "", "本数据池不得用于该目的。", "This pool may not be used for that purpose.")
    if not legal_basis.strip():
        return Terms(False, "", "请写明法律依据。", "State the legal basis.")
    coarse = Granularity.BOOLEAN if pool.granularity == Granularity.BOOLEAN else Granularity.COUNT
    return Terms(True, coarse)


def check_terms(actor: Actor, pool: Pool, purpose: str, legal_basis: str) -> Terms:
    """The terms. Raises QuestionRefused saying what refuses, in the reader's language."""
    terms = terms_for(actor, pool, purpose, legal_basis)
    if not terms.answers:
        chinese = (get_language() or "").startswith("zh")
        raise QuestionRefused(terms.reason_zh if chinese else terms.reason_en)
    return terms
