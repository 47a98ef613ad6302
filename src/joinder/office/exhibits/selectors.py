"""Reading exhibits: custody as a timeline, integrity as sentences, the text of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from joinder.office.exhibits import store
from joinder.office.exhibits.models import CustodyEvent, Exhibit, Verdict, Verification
from joinder.office.people.actors import Actor
from joinder.office.people.kinds import Capacity
from joinder.office.people.models import Member, Organisation
from joinder.office.ui import moments
from joinder.office.ui.components import Event

#: What each check proves, said to someone who does not know how it is done.
PROVES = {
    "container": gettext_lazy("Nothing was slipped in beside the files or hidden between them."),
    "repacked": gettext_lazy("Only the wrapping changed; the files themselves are checked one by one."),
    "manifest": gettext_lazy("Every file is as it was when sealed; none is missing and none was added."),
    "signature": gettext_lazy("The list of files was signed by whoever is named."),
    "stamp": gettext_lazy("The sealed list existed at this moment and is not younger."),
    "before": gettext_lazy("The capture was begun after this moment and is not older."),
    "log": gettext_lazy(
        "The seal was entered in the node's public log and cannot be taken back or replaced unseen."
    ),
    "facts": gettext_lazy("This is the numbered capture of this case, not another one put in its place."),
}
TEXT_SHOWN = 200_000


@dataclass(frozen=True)
class Line:
    """One line of the integrity panel. ok: True, False, or None where the check could not be made."""

    ok: bool | None
    member: str
    words: str
    proves: str


def latest(exhibit: Exhibit) -> Verification | None:
    """The last verification; there is always one, made when the package came."""
    return exhibit.verifications.first()


def integrity(verification: Verification) -> list[Line]:
    """Its checks in the reader's language, each with what it proves."""
    tongue = "zh" if (get_language() or "").startswith("zh") else "en"
    return [
        Line(check["ok"], check["member"], check[tongue], str(PROVES.get(check["check"], "")))
        for check in verification.checks
    ]


def does_not_prove() -> list[str]:
    """What no check of a package can show."""
    return [
        _("that what the page says is true"),
        _("who owns the account or the shop"),
        _("that every visitor was shown the same"),
    ]


def text_of(exhibit: Exhibit) -> tuple[str, bool]:
    """The page's text and whether it is shown in full; empty where no views were taken."""
    if not any(file["name"] == "views/text.txt" for file in exhibit.files):
        return "", True
    text = store.read_member(exhibit.digest, "views/text.txt").decode("utf-8", errors="replace")
    return text[:TEXT_SHOWN], len(text) <= TEXT_SHOWN


def custody(exhibit: Exhibit, actor: Actor) -> list[Event]:
    """Who handled it and when, oldest first. Members of other organisations appear by organisation and capacity."""
    events = list(exhibit.custody.select_related("organisation"))
    names = dict(
        Member.objects.visible_to(actor)
        .filter(opaque_id__in={event.actor_key for event in events})
        .values_list("opaque_id", "name")
    )
    return [_event(event, names) for event in events]


def _event(event: CustodyEvent, names: dict[str, str]) -> Event:
    who = [str(event.organisation) if event.organisation else _("this node")]
    if event.actor_key in names:
        who.append(names[event.actor_key])
    if event.capacity in Capacity.values:
        who.append(str(Capacity(event.capacity).label))
    kinds = {CustodyEvent.Kind.SHOWN: "outward", CustodyEvent.Kind.DOWNLOADED: "outward"}
    return Event(
        title=event.get_kind_display(),
        at=event.at,
        by=" · ".join(who),
        kind=kinds.get(CustodyEvent.Kind(event.kind), "event"),
        body=_detail(event.kind, event.detail),
        url=f"/ledger/{event.entry}/" if event.entry else "",
    )


def _detail(kind: str, detail: dict[str, Any]) -> str:
    if kind == CustodyEvent.Kind.VERIFIED and detail.get("verdict") in Verdict.values:
        return str(Verdict(detail["verdict"]).label)
    if kind == CustodyEvent.Kind.DOWNLOADED:
        return str(detail.get("file", ""))
    if kind in (CustodyEvent.Kind.SHOWN, CustodyEvent.Kind.WITHDRAWN):
        organisation = Organisation.objects.filter(pk=detail.get("organisation") or 0).first()
        return " · ".join(part for part in (str(organisation or ""), str(detail.get("purpose", ""))) if part)
    if kind in (CustodyEvent.Kind.CAPTURED, CustodyEvent.Kind.RECEIVED):
        return str(detail.get("digest", ""))
    return ""


def citation(exhibit: Exhibit) -> str:
    """One sentence to put into a document, in the reader's language."""
    values = {
        "reference": exhibit.reference,
        "title": exhibit.title or exhibit.url,
        "url": exhibit.url,
        "at": moments.moment(exhibit.started_at),
        "digest": exhibit.digest,
    }
    return _("Exhibit %(reference)s: “%(title)s”, %(url)s, captured %(at)s, %(digest)s") % values
