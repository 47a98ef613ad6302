"""Rights: imported from a pool, and shown to each as far as it concerns them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image

from joinder.office.jobs import worker
from joinder.office.jobs.models import Job
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.rights import logos, policies, selectors, services
from joinder.office.rights.errors import RightError
from joinder.office.rights.models import AuthorisedSeller, ProductNote, Right
from joinder.pools import PoolMissing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


# -- importing -------------------------------------------------------------------------------------------------------


def test_a_pool_becomes_rights(right: Right, holder: Actor) -> None:
    assert Right.objects.count() == 2
    assert (right.mark, right.aliases, right.classes, right.kind) == (
        "样例优品",
        ["SAMPLO", "样品"],
        ["25"],
        "combined",
    )
    assert (right.genuine_price_minor, right.currency) == (39900, "CNY")
    assert right.expires_on == date(2029, 12, 31)
    assert right.holder_organisation_id == holder.organisation_id
    assert right.ref.startswith("marks/right/R1@")
    assert [str(seller) for seller in right.sellers.all()] == ["淘贝/A1", "淘贝/A2"]
    assert Entry.objects.get(verb="rights.imported").detail["added"] == 2


def test_importing_again_renews_and_keeps_what_people_wrote(
    right: Right, inspector: Actor, holder: Actor, take_in: Callable[..., None]
) -> None:
    services.add_note(actor=holder, right=right, product="鞋", genuine="针脚均匀", fake="")
    services.authorise_seller(actor=holder, right=right, platform="拼贝", account_id="B1")
    again = services.import_rights(actor=inspector, pool="marks")
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    renewed = {"right_id": "R1", "mark": "样例优品二", "authorised_accounts": ["淘贝/A2", "淘贝/A3"]}
    take_in("second.jsonl", [renewed])
    done = services.import_rights(actor=inspector, pool="marks")
    assert (done.added, done.changed, done.unchanged) == (0, 1, 1)
    same = Right.objects.get(right_id="R1")
    assert (same.pk, same.mark) == (right.pk, "样例优品二")
    assert same.ref != right.ref
    assert same.notes.count() == 1
    standing = same.sellers.filter(retired_at__isnull=True)
    assert {str(seller) for seller in standing} == {"淘贝/A2", "淘贝/A3", "拼贝/B1"}


def test_the_import_is_a_job(take_in: Callable[..., None], inspector: Actor) -> None:
    take_in()
    first = services.ask_import(actor=inspector, pool="marks")
    assert services.ask_import(actor=inspector, pool="marks") == first
    worker.run_until_idle()
    first.refresh_from_db()
    assert first.state == "succeeded", first.error
    assert first.result["added"] == 2
    assert Right.objects.count() == 2


def test_only_administrative_units_import(
    take_in: Callable[..., None], actor_of: Callable[..., Actor]
) -> None:
    take_in()
    for kind in ("platform", "right_holder", "respondent", "police"):
        with pytest.raises(NotAllowed):
            services.ask_import(actor=actor_of(kind), pool="marks")
    assert not Job.objects.exists()


def test_a_pool_that_is_not_there(inspector: Actor) -> None:
    with pytest.raises(PoolMissing):
        services.ask_import(actor=inspector, pool="nowhere")


def test_the_logo_is_drawn_anew_and_small(right: Right) -> None:
    with Image.open(logos.path_of(right.logo)) as picture:
        assert picture.format == "PNG"
        assert max(picture.size) == 512


@pytest.mark.parametrize(
    "image", ["../secret.png", "/etc/passwd", "https://t.example/a.png", "text.png", "gone.png"]
)
def test_pictures_that_are_not_kept(tmp_path: Path, image: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "secret.png")
    (inside / "text.png").write_text("no picture")
    assert logos.keep_first([image], [inside]) == ""


# -- who sees what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "sees", "price", "sellers", "examiners_note", "platforms_note"),
    [
        ("market_regulator", True, True, True, True, True),
        ("customs", True, True, True, True, True),
        ("police", True, True, True, True, True),
        ("appraisal", True, True, True, True, True),
        ("right_holder", True, True, True, True, True),
        ("platform", True, False, True, False, True),
        ("scholar", True, False, False, False, False),
        ("logistics", True, False, False, False, False),
        ("respondent", False, False, False, False, False),
    ],
)
def test_who_sees_what(
    right: Right,
    holder: Actor,
    actor_of: Callable[..., Actor],
    kind: str,
    sees: bool,
    price: bool,
    sellers: bool,
    examiners_note: bool,
    platforms_note: bool,
) -> None:
    actor = actor_of(kind)
    first = services.add_note(actor=holder, right=right, product="鞋", genuine="a", fake="b")
    second = services.add_note(
        actor=holder, right=right, product="包", genuine="a", fake="", readers="platforms"
    )
    assert Right.objects.visible_to(actor).contains(right) is sees
    assert policies.may_see_price(actor, right) is price
    assert bool(selectors.sellers_of(actor, right)) is sellers
    assert AuthorisedSeller.objects.visible_to(actor).exists() is sellers
    seen = set(selectors.notes_of(actor, right))
    assert (first in seen, second in seen) == (examiners_note, platforms_note)


def test_another_right_holder_sees_the_register_only(right: Right, actor_of: Callable[..., Actor]) -> None:
    other = actor_of("right_holder", organisation="另一权利人")
    assert Right.objects.visible_to(other).contains(right)
    assert not policies.may_see_price(other, right)
    assert selectors.sellers_of(other, right) == []
    assert not ProductNote.objects.visible_to(other).exists()


def test_nobody_signed_out_sees_anything(right: Right) -> None:
    for model in (Right, AuthorisedSeller, ProductNote):
        assert not model.objects.visible_to(Actor.anonymous()).exists()


def test_a_right_is_found_by_any_version_of_its_reference(
    right: Right, inspector: Actor, actor_of: Callable[..., Actor]
) -> None:
    assert selectors.right_of(inspector, right.ref) == right
    assert selectors.right_of(inspector, "marks/right/R1@000000000000") == right
    assert selectors.right_of(inspector, "marks/right/R@000000000000") is None
    assert selectors.right_of(actor_of("respondent"), right.ref) is None


# -- notes and sellers -------------------------------------------------------------------------------------------------


def test_notes_are_written_by_those_who_know_the_goods(right: Right, actor_of: Callable[..., Actor]) -> None:
    for kind in ("platform", "scholar", "respondent"):
        with pytest.raises(NotAllowed):
            services.add_note(actor=actor_of(kind), right=right, product="鞋", genuine="a", fake="")
    other = actor_of("right_holder", organisation="另一权利人")
    with pytest.raises(NotAllowed):
        services.add_note(actor=other, right=right, product="鞋", genuine="a", fake="")
    note = services.add_note(actor=actor_of("appraisal"), right=right, product="鞋", genuine="a", fake="")
    assert Entry.objects.get(verb="rights.note_written").detail["note"] == note.pk


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"product": " "}, "names the product"),
        ({"genuine": ""}, "at least one sign"),
        ({"readers": "all"}, "'all'"),
    ],
)
def test_a_note_says_something(right: Right, holder: Actor, changed: dict[str, str], says: str) -> None:
    with pytest.raises(RightError, match=says):
        services.add_note(
            actor=holder, right=right, **{"product": "鞋", "genuine": "a", "fake": "", **changed}
        )


def test_a_note_is_taken_back_once_and_by_its_writers(right: Right, holder: Actor, inspector: Actor) -> None:
    note = services.add_note(actor=holder, right=right, product="鞋", genuine="a", fake="")
    with pytest.raises(RightError, match="organisation that wrote it"):
        services.retire_note(actor=inspector, note=note)
    services.retire_note(actor=holder, note=note)
    assert selectors.notes_of(holder, right) == []
    assert ProductNote.objects.get(pk=note.pk).retired_at is not None
    with pytest.raises(RightError, match="already"):
        services.retire_note(actor=holder, note=note)


def test_only_the_holder_says_who_may_sell(right: Right, holder: Actor, inspector: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.authorise_seller(actor=inspector, right=right, platform="淘贝", account_id="Z")
    services.authorise_seller(actor=holder, right=right, platform="淘贝", account_id="Z")
    # Where the holder does not take part, whoever imports rights keeps its list.
    orphan = Right.objects.get(right_id="R2")
    services.authorise_seller(actor=inspector, right=orphan, platform="淘贝", account_id="Z")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"platform": "淘贝", "account_id": "A1"}, "authorised already"),
        ({"platform": " ", "account_id": "A"}, "named by platform and account"),
        (
            {
                "platform": "t",
                "account_id": "A",
                "valid_from": date(2026, 2, 1),
                "valid_until": date(2026, 1, 1),
            },
            "ends before it begins",
        ),
    ],
)
def test_authorisations_that_cannot_be(
    right: Right, holder: Actor, told: dict[str, object], says: str
) -> None:
    with pytest.raises(RightError, match=says):
        services.authorise_seller(actor=holder, right=right, **told)


def test_an_authorisation_runs_its_term(right: Right, holder: Actor) -> None:
    seller = services.authorise_seller(
        actor=holder,
        right=right,
        platform="t",
        account_id="X",
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 6, 30),
    )
    current = AuthorisedSeller.objects.visible_to(holder).filter(pk=seller.pk)
    for day, runs in (
        ("2025-12-31", False),
        ("2026-01-01", True),
        ("2026-06-30", True),
        ("2026-07-01", False),
    ):
        assert current.current(date.fromisoformat(day)).exists() is runs
    services.end_authorisation(actor=holder, seller=seller)
    assert not current.current(date(2026, 3, 1)).exists()
    with pytest.raises(RightError, match="already"):
        services.end_authorisation(actor=holder, seller=seller)
