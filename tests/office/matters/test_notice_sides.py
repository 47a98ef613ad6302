"""What stands between the sides of a notice: whose shop it is, who was shown the evidence, which days do not count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from joinder.office.exhibits import services as exhibits
from joinder.office.exhibits.models import Exhibit
from joinder.office.matters.models import Clock, Notice
from joinder.office.matters.notices import services
from joinder.office.matters.notices.forms import NoticeForm

pytestmark = pytest.mark.django_db


def step_page(notice: Notice, verb: str) -> str:
    """The check page of a step."""
    return reverse("notices:step", args=[notice.reference, verb])


def test_the_platform_names_the_seller_whom_the_sender_did_not_know(cast, notice_in, client_for):
    notice = notice_in("measures_taken")
    Notice.objects.filter(pk=notice.pk).update(respondent=None)
    client, seller = client_for(cast.platform), cast.organisations["respondent"]
    page = client.get(step_page(notice, "forward_to_seller")).content.decode()
    assert f'<option value="{seller.pk}"' in page
    assert f'<option value="{cast.organisations["right_holder"].pk}"' not in page
    client.post(step_page(notice, "forward_to_seller"), {"respondent": seller.pk})
    notice.refresh_from_db()
    assert (notice.state, notice.respondent_id) == ("forwarded_to_seller", seller.pk)
    assert Notice.objects.visible_to(cast.seller).filter(pk=notice.pk).exists()


def test_a_seller_who_is_not_here_stops_nobody(cast, notice_in, client_for):
    notice = notice_in("measures_taken")
    Notice.objects.filter(pk=notice.pk).update(respondent=None)
    client_for(cast.platform).post(step_page(notice, "forward_to_seller"), {"respondent": ""})
    notice.refresh_from_db()
    assert (notice.state, notice.respondent_id) == ("forwarded_to_seller", None)


def test_nobody_but_a_respondent_is_named_as_the_seller(cast, notice_in, client_for):
    notice = notice_in("measures_taken")
    other = cast.organisations["right_holder"].pk
    client_for(cast.platform).post(step_page(notice, "forward_to_seller"), {"respondent": other})
    notice.refresh_from_db()
    assert notice.state == "measures_taken"


def test_each_side_reads_whether_it_was_shown_the_exhibit_that_is_named(cast, draft, content, client_for):
    exhibit = Exhibit.objects.get(reference="EV-TEST-1")
    Exhibit.objects.filter(pk=exhibit.pk).update(reference="X-000901")
    exhibit = Exhibit.objects.get(pk=exhibit.pk)
    evidence = [{"title": "Sealed page", "ref": exhibit.reference}]
    notice = services.submit_notice(cast.holder, draft, {**content, "evidence": evidence})

    def reads(actor) -> str:
        return client_for(actor).get(notice.get_absolute_url()).content.decode()

    assert "was not shown this exhibit" in reads(cast.platform)
    assert exhibit.get_absolute_url() not in reads(cast.platform)
    assert f"Not shown to: {notice.sender}, {notice.platform}." in reads(cast.inspector)
    exhibits.show_to(actor=cast.inspector, exhibit=exhibit, organisation=notice.platform, purpose="notice")
    assert exhibit.get_absolute_url() in reads(cast.platform)
    assert f"Not shown to: {notice.sender}." in reads(cast.inspector)
    assert "Not shown to:" not in reads(cast.platform)


def test_a_draft_still_names_its_exhibit_after_it_was_edited(content):
    named = [
        {"title": "固证包", "ref": "X-000001"},
        {"title": "X-000002", "ref": "X-000002"},
        {"title": "比对"},
    ]
    form = NoticeForm(NoticeForm.initial_of({**content, "evidence": named[:1] + named[2:]}))
    assert form.is_valid()
    assert form.content([])["evidence"] == [named[0], named[2]]
    form = NoticeForm({"evidence": "X-000002"})
    assert form.is_valid()
    assert form.content([])["evidence"] == [named[1]]


def test_the_holder_states_days_that_do_not_count(cast, notice_in, client_for):
    notice = notice_in("waiting")
    page = reverse("notices:leave_out", args=[notice.reference])
    before = services.waiting_clock(notice).due_on
    client = client_for(cast.holder)
    assert page in client.get(notice.get_absolute_url()).content.decode()
    first = before - timedelta(days=5)
    turned = {"first": first, "last": first - timedelta(days=1), "reason": "notarisation"}
    assert "not before the first" in client.post(page, turned).content.decode()
    assert services.waiting_clock(notice).due_on == before
    done = client.post(page, {**turned, "last": first + timedelta(days=2)}, follow=True)
    assert "Days left out of the waiting period" in done.content.decode()
    assert services.waiting_clock(notice).due_on > before


def test_days_are_left_out_by_the_holder_only_and_while_the_clock_runs(cast, notice_in, client_for):
    notice = notice_in("waiting")
    page = reverse("notices:leave_out", args=[notice.reference])
    for actor in (cast.platform, cast.seller, cast.inspector):
        assert client_for(actor).get(page).status_code in (403, 404)
        assert page not in client_for(actor).get(notice.get_absolute_url()).content.decode()


def test_nobody_reaches_the_check_page_of_ending_measures_while_the_clock_runs(cast, notice_in, client_for):
    notice = notice_in("waiting")
    for actor in (cast.platform, cast.holder, cast.seller, cast.inspector):
        assert client_for(actor).get(step_page(notice, "end_measures")).status_code in (403, 404, 409)
    Clock.objects.filter(notice=notice).update(due_at=timezone.now() - timedelta(days=1))
    assert client_for(cast.platform).get(step_page(notice, "end_measures")).status_code == 200
    assert client_for(cast.holder).get(step_page(notice, "end_measures")).status_code == 403


def test_the_matter_is_a_link_for_whoever_sees_its_file(cast, notice_in, client_for):
    notice = notice_in("submitted")
    link = f'href="{notice.matter.get_absolute_url()}"'
    assert link in client_for(cast.inspector).get(notice.get_absolute_url()).content.decode()
    assert link not in client_for(cast.platform).get(notice.get_absolute_url()).content.decode()
