"""The verbs about exhibits: ask a capture, receive a package, verify again, show, note a download."""

from __future__ import annotations

import json
import shutil
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from joinder.office.exhibits import policies, store, verifying
from joinder.office.exhibits.errors import ExhibitError, PackageRefused
from joinder.office.exhibits.models import CustodyEvent, Exhibit, Showing, Source, Verification
from joinder.office.jobs import services as jobs
from joinder.office.jobs.models import Job
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.vocabulary.moments import parse_time

Kind = CustodyEvent.Kind
CAPTURE = "exhibits.capture"


def ask_capture(
    *,
    actor: Actor,
    url: str,
    operators: Iterable[str] = (),
    matter: str = "",
    cause: str = "",
    place: str = "",
    witness: str = "",
    idempotency_key: str = "",
) -> Job:
    """Ask the worker to capture a page; the job's result names the exhibit.

    Raises NotAllowed, and ExhibitError for an address that is not https.
    """
    policies.check_may_take(actor)
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname:
        raise ExhibitError(
            "只能对https网页固证。 Only a page over https can be captured: nothing else ties bytes to their source.",
            mend="Give the full address, beginning with https://",
        )
    payload = {
        "url": url.strip(),
        "operators": [name.strip() for name in operators if name.strip()],
        "matter": matter.strip(),
        "cause": cause.strip(),
        "place": place.strip(),
        "witness": witness.strip(),
    }
    return jobs.enqueue(
        kind=CAPTURE,
        payload=payload,
        actor=actor,
        title_zh=f"网页固证 {parts.hostname}"[:200],
        title_en=f"Capture {parts.hostname}"[:200],
        idempotency_key=idempotency_key,
        max_attempts=2,
    )


def receive_file(*, actor: Actor, name: str, chunks: Iterable[bytes]) -> Exhibit:
    """Receive a package that someone uploads. Raises NotAllowed, PackageRefused."""
    policies.check_may_take(actor)
    with store.incoming() as folder:
        path = folder / "package.evz"
        store.write(path, name, chunks)
        return receive_package(actor=actor, path=path, name=name)


@dataclass(frozen=True)
class Checked:
    """A package that was verified and whose bytes are kept, before it is entered as an exhibit."""

    said: verifying.Said
    facts: dict[str, Any]
    files: list[dict[str, Any]]
    digest: str
    size: int


def receive_package(*, actor: Actor, path: Path, name: str = "") -> Exhibit:
    """Verify a package and keep it as an exhibit of the actor's organisation; the same bytes twice are one exhibit.

    path: the file, which stays where it is. Raises NotAllowed, and PackageRefused (naming the member) for a package
    that is not intact or was sealed by nobody whom this node trusts: it is then not kept.
    """
    policies.check_may_take(actor)
    return enter(actor=actor, package=check_and_keep(path, name))


def check_and_keep(path: Path, name: str = "") -> Checked:
    """Verify the package at ``path`` and keep its bytes. Outside any transaction: the verifier takes its time."""
    said = verifying.run(path)
    if said.verdict != "valid":
        fault = said.fault or {"member": name, "zh": "无法核验", "en": "cannot be verified"}
        raise PackageRefused(
            f"{name or path.name}未予接收：{fault['member']} {fault['zh']}。"
            f" Not kept: {fault['member']} {fault['en']}.",
            mend="请向提供方索取完好的证据包；伙伴节点的信任锚须放入本节点的trust目录。"
            " Ask whoever sent it for an intact package; a partner node's anchors belong in this node's trust folder.",
        )
    facts, files = _read(path)
    with store.incoming() as folder:
        copy = folder / "package.evz"
        shutil.copyfile(path, copy)
        digest, size = store.keep(copy)
    return Checked(said, facts, files, digest, size)


@transaction.atomic
def enter(
    *, actor: Actor, package: Checked, source: str = Source.RECEIVED, job: Job | None = None
) -> Exhibit:
    """Enter a checked package as an exhibit, with its first custody events. Raises NotAllowed, ExhibitError."""
    policies.check_may_take(actor)
    if actor.organisation_id is None:
        raise ExhibitError("An exhibit belongs to an organisation; the node itself keeps none.")
    earlier = Exhibit.objects.filter(owner_id=actor.organisation_id, digest=package.digest).first()
    if earlier is not None:
        return earlier
    exhibit = Exhibit.objects.create(
        reference=uuid.uuid4().hex[:16],  # until its number is known, two lines below
        owner_id=actor.organisation_id,
        source=source,
        digest=package.digest,
        size=package.size,
        job=job,
        received_by=actor.id,
        facts=package.facts,
        files=package.files,
        self_issued=bool(package.said.summary["self_issued"]),
        **_stated(package.facts),
    )
    exhibit.reference = f"X-{exhibit.pk:06d}"
    Exhibit.objects.filter(pk=exhibit.pk).update(reference=exhibit.reference)
    kind = Kind.CAPTURED if source == Source.CAPTURED else Kind.RECEIVED
    _happened(actor, exhibit, kind, digest=exhibit.digest, complete=exhibit.complete)
    _note_verdict(actor, exhibit, package.said)
    return exhibit


def verify_again(*, actor: Actor, exhibit: Exhibit) -> Verification:
    """Run the verifier on the kept bytes once more. Whoever sees an exhibit may do so. Raises EvidenceError."""
    path = store.path_of(exhibit.digest)
    if not path.is_file():
        missing = {"check": "bad_zip", "member": exhibit.package_name, "ok": False, "zh": "证据包不在存储中",
                   "en": "the package is not in the store"}  # fmt: skip
        said = verifying.Said("invalid", [missing], {})
    else:
        said = verifying.run(path)
    with transaction.atomic():
        return _note_verdict(actor, exhibit, said)


@transaction.atomic
def show_to(*, actor: Actor, exhibit: Exhibit, organisation: Organisation, purpose: str) -> Showing:
    """Let another organisation see and download the exhibit, for a purpose. Showing it twice changes nothing.

    Raises NotAllowed, ExhibitError without a purpose.
    """
    policies.check_may_show(actor, exhibit)
    if not purpose.strip():
        raise ExhibitError("请写明出示的目的。 State the purpose of showing it.")
    shown = Showing.objects.filter(
        exhibit=exhibit, organisation=organisation, withdrawn_at__isnull=True
    ).first()
    if shown is not None or organisation.pk == exhibit.owner_id:
        return shown or Showing(exhibit=exhibit, organisation=organisation, purpose=purpose)
    shown = Showing.objects.create(
        exhibit=exhibit, organisation=organisation, purpose=purpose.strip(), shown_by=actor.id
    )
    _happened(actor, exhibit, Kind.SHOWN, organisation=organisation.pk, purpose=purpose.strip())
    return shown


@transaction.atomic
def withdraw(*, actor: Actor, exhibit: Exhibit, organisation: Organisation) -> None:
    """Stop showing it; what was downloaded stays with whoever has it, and the custody says so. Raises NotAllowed."""
    policies.check_may_show(actor, exhibit)
    shown = Showing.objects.filter(exhibit=exhibit, organisation=organisation, withdrawn_at__isnull=True)
    if shown.update(withdrawn_at=timezone.now()):
        _happened(actor, exhibit, Kind.WITHDRAWN, organisation=organisation.pk)


@transaction.atomic
def note_download(*, actor: Actor, exhibit: Exhibit, name: str) -> None:
    """Write down that a package or one of its files left."""
    _happened(actor, exhibit, Kind.DOWNLOADED, read=True, file=name)


def _note_verdict(actor: Actor, exhibit: Exhibit, said: verifying.Said) -> Verification:
    made = Verification.objects.create(
        exhibit=exhibit, by=actor.id, verdict=said.verdict, checks=said.checks, summary=said.summary
    )
    _happened(actor, exhibit, Kind.VERIFIED, verdict=said.verdict)
    return made


def _happened(actor: Actor, exhibit: Exhibit, kind: Kind, *, read: bool = False, **detail: Any) -> None:
    """A custody event and its ledger entry, in the caller's transaction."""
    write = ledger.record_read if read else ledger.record
    entry = write(
        actor=actor, verb=f"exhibits.{kind.value}", target=f"exhibits/{exhibit.reference}", detail=detail
    )
    CustodyEvent.objects.create(
        exhibit=exhibit,
        kind=kind,
        actor_key=actor.id,
        organisation_id=actor.organisation_id,
        capacity=actor.capacity,
        detail=detail,
        entry=entry.entry_id,
    )


def _read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """``evidence.json`` and the files with size and SHA-256, from a package that has been verified."""
    with zipfile.ZipFile(path) as package:
        facts = json.loads(package.read("evidence.json"))
        lines = (line.split("  ", 1) for line in package.read("SHA256SUMS").decode("ascii").splitlines())
        digests = {name: digest for digest, name in lines}
        files = [
            {"name": info.filename, "size": info.file_size, "sha256": digests.get(info.filename, "")}
            for info in package.infolist()
        ]
    return facts, files


def _stated(facts: dict[str, Any]) -> dict[str, Any]:
    """The columns that repeat what the package states."""
    return {
        "url": str(facts["url"]),
        "title": str(facts["page"]["title"])[:300],
        "matter": str(facts["matter"] or "")[:120],
        "sequence": int(facts["sequence"]),
        "operators": [str(name) for name in facts["operators"]],
        "started_at": parse_time(facts["started_at"]),
        "ended_at": parse_time(facts["ended_at"]),
        "complete": facts["complete"] is True,
        "official": facts["official"] is True,
    }
