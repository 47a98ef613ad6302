"""Kinds of organisation and the capacities their members act in.

The table ``OrganisationKind`` is seeded from these codes by a data migration; code refers to kinds by these names.
Capacity means in which function a member acts at this moment (an inspector who is also an administrator is one at a
time); law asks for it on every decision.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Kind(StrEnum):
    """Codes of the seeded kinds of organisation."""

    MARKET_REGULATOR = "market_regulator"
    IP_OFFICE = "ip_office"
    COPYRIGHT_OFFICE = "copyright_office"
    CULTURE_ENFORCEMENT = "culture_enforcement"
    POLICE = "police"
    PROCURATORATE = "procuratorate"
    COURT = "court"
    APPRAISAL = "appraisal"
    SCHOLAR = "scholar"
    RIGHT_HOLDER = "right_holder"
    AGENT = "agent"
    PLATFORM = "platform"
    PAYMENT = "payment"
    LOGISTICS = "logistics"
    CUSTOMS = "customs"
    NOTARY = "notary"
    MEDIATION = "mediation"
    RESPONDENT = "respondent"


#: Administrative units: they have a region and may have a superior, and handle cases.
ADMINISTRATIVE = frozenset(
    {Kind.MARKET_REGULATOR, Kind.IP_OFFICE, Kind.COPYRIGHT_OFFICE, Kind.CULTURE_ENFORCEMENT}
)

#: Kinds that name respondents in cases and notices, and so see who they are.
NAMES_RESPONDENTS = ADMINISTRATIVE | {
    Kind.POLICE,
    Kind.PROCURATORATE,
    Kind.COURT,
    Kind.CUSTOMS,
    Kind.PLATFORM,
}


class Capacity(TextChoices):
    """In which function a member acts."""

    INSPECTOR = "inspector", pgettext_lazy("capacity", "Inspector")
    REVIEWER = "reviewer", pgettext_lazy("capacity", "Legal reviewer")
    APPROVER = "approver", pgettext_lazy("capacity", "Approver")
    ANALYST = "analyst", pgettext_lazy("capacity", "Analyst")
    POLICE_OFFICER = "police_officer", pgettext_lazy("capacity", "Police officer")
    PROSECUTOR = "prosecutor", pgettext_lazy("capacity", "Prosecutor")
    CLERK = "clerk", pgettext_lazy("capacity", "Court clerk")
    CUSTOMS_OFFICER = "customs_officer", pgettext_lazy("capacity", "Customs officer")
    APPRAISER = "appraiser", pgettext_lazy("capacity", "Appraiser")
    EXPERT = "expert", pgettext_lazy("capacity", "Expert")
    COUNSEL = "counsel", pgettext_lazy("capacity", "Right holder's counsel")
    AGENT = "agent", pgettext_lazy("capacity", "Agent")
    COMPLIANCE = "compliance", pgettext_lazy("capacity", "Compliance officer")
    NOTARY = "notary", pgettext_lazy("capacity", "Notary")
    MEDIATOR = "mediator", pgettext_lazy("capacity", "Mediator")
    RESPONDENT = "respondent", pgettext_lazy("capacity", "Respondent")
    AUDITOR = "auditor", pgettext_lazy("capacity", "Auditor")
    ADMINISTRATOR = "administrator", pgettext_lazy("capacity", "Administrator")


_OFFICIAL = (Capacity.INSPECTOR, Capacity.REVIEWER, Capacity.APPROVER, Capacity.ANALYST)

#: The capacities of each kind's members; every organisation also has an administrator and may have an auditor.
CAPACITIES: dict[Kind, tuple[Capacity, ...]] = {
    **dict.fromkeys(sorted(ADMINISTRATIVE), _OFFICIAL),
    Kind.POLICE: (Capacity.POLICE_OFFICER, Capacity.REVIEWER, Capacity.APPROVER),
    Kind.PROCURATORATE: (Capacity.PROSECUTOR, Capacity.APPROVER),
    Kind.COURT: (Capacity.CLERK,),
    Kind.APPRAISAL: (Capacity.APPRAISER, Capacity.APPROVER),
    Kind.SCHOLAR: (Capacity.EXPERT,),
    Kind.RIGHT_HOLDER: (Capacity.COUNSEL,),
    Kind.AGENT: (Capacity.AGENT,),
    Kind.PLATFORM: (Capacity.COMPLIANCE,),
    Kind.PAYMENT: (Capacity.COMPLIANCE,),
    Kind.LOGISTICS: (Capacity.COMPLIANCE,),
    Kind.CUSTOMS: (Capacity.CUSTOMS_OFFICER, Capacity.APPROVER),
    Kind.NOTARY: (Capacity.NOTARY,),
    Kind.MEDIATION: (Capacity.MEDIATOR,),
    Kind.RESPONDENT: (Capacity.RESPONDENT,),
}
EVERYWHERE = (Capacity.AUDITOR, Capacity.ADMINISTRATOR)


def capacities_of(kind: str) -> tuple[Capacity, ...]:
    """The capacities a member of such an organisation may act in; only the general ones for a kind added later."""
    own = CAPACITIES.get(Kind(kind), ()) if kind in set(Kind) else ()
    return (*own, *EVERYWHERE)
