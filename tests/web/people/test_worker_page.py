"""A worker's page."""

from __future__ import annotations

import pytest
from django.utils import timezone

from evenlode.access import NOT_THERE, RestrictionCategory, Role
from evenlode.audit_trail import what_opened
from evenlode.web.models import ChildFigure, FindingFigure, LoadDay, WorkerFigure
from evenlode.web.restricting import restrict
from evenlode.web.trail import trail

pytestmark = pytest.mark.django_db


def test_it_shows_the_load_with_every_part_that_makes_it(signed_in, figures, worker_of, read):
    row = worker_of(Role.SOCIAL_WORKER)
    answer = signed_in(Role.TEAM_MANAGER).get(f"/worker/{row.ref}")
    words = read(answer)
    assert f"{row.utilisation * 100:.0f} % of the ceiling" in words
    refs = ChildFigure.objects.whole().filter(
        figures=figures, child_id__in=[p["child_id"] for p in row.parts]
    )
    assert refs.count() == len(row.parts)
    assert all(ref in answer.content.decode() for ref in refs.values_list("ref", flat=True))


def test_it_shows_every_finding_about_the_worker(signed_in, figures, worker_of, read):
    found = FindingFigure.objects.whole().filter(figures=figures, subject_kind="worker")
    row = WorkerFigure.objects.whole().get(
        figures=figures, worker_id=found.order_by("subject_id").first().subject_id
    )
    words = read(signed_in(Role.DIRECTOR).get(f"/worker/{row.ref}"))
    for one in found.filter(subject_id=row.worker_id):
        assert one.sentence.replace("\u00a0", " ") in words


def test_a_child_whom_the_reader_may_not_list_is_counted_and_not_named(signed_in, figures, worker_of, read):
    row = worker_of(Role.SOCIAL_WORKER)
    child = ChildFigure.objects.whole().filter(figures=figures, worker_id=row.worker_id).first()
    close(child)
    words = read(signed_in(Role.TEAM_MANAGER).get(f"/worker/{row.ref}"))
    assert f"{child.forename} {child.surname}, " not in words
    assert "1 child whom you cannot list here" in words
    assert f"Together {row.points.normalize():f}" in words


def close(child):
    restrict(
        child_id=child.child_id,
        category=RestrictionCategory.ADOPTION,
        named=[],
        review_on=None,
        by="somebody",
        at=timezone.now(),
    )


def test_a_week_that_was_not_kept_is_a_gap_and_never_nought(signed_in, figures, worker_of, read):
    row = worker_of(Role.SOCIAL_WORKER)
    LoadDay.objects.whole().filter(worker_id=row.worker_id, as_at__lt=figures.as_at).delete()
    page = signed_in(Role.TEAM_MANAGER).get(f"/worker/{row.ref}").content.decode()
    table = page[page.index("Share of the ceiling</th>") :]
    assert table[: table.index("</table>")].count("cannot tell") == 11


def test_somebody_of_another_team_looks_like_nobody(signed_in, elsewhere):
    answer = signed_in(Role.TEAM_MANAGER).get(f"/worker/{elsewhere.ref}")
    assert answer.status_code == 404
    assert NOT_THERE in answer.content.decode()


def test_a_worker_opens_their_own_page_and_no_colleagues(signed_in, figures, worker_of):
    me = worker_of(Role.SOCIAL_WORKER)
    who = signed_in(Role.SOCIAL_WORKER)
    colleague = (
        WorkerFigure.objects.whole().filter(figures=figures, team_id=me.team_id).exclude(pk=me.pk).first()
    )
    assert who.get(f"/worker/{me.ref}").status_code == 200
    assert who.get(f"/worker/{colleague.ref}").status_code == 404


def test_a_director_opens_everybody_and_records_nothing(signed_in, elsewhere):
    who = signed_in(Role.DIRECTOR)
    page = who.get(f"/worker/{elsewhere.ref}").content.decode()
    assert "Record fewer hours" not in page
    assert who.get(f"/worker/{elsewhere.ref}/hours").status_code == 404


def test_opening_it_is_written_down_with_the_children_that_it_lists(signed_in, worker_of):
    who = signed_in(Role.TEAM_MANAGER)
    row = worker_of(Role.SOCIAL_WORKER)
    who.get(f"/worker/{row.ref}")
    rows = what_opened(trail(), who.person_id).rows
    assert sorted((r["verb"], r["thing"], r["outcome"]) for r in rows) == [
        ("list", "child's record", "allowed"),
        ("see", "worker's figures", "allowed"),
    ]


def test_its_title_names_nobody(signed_in, worker_of):
    row = worker_of(Role.SOCIAL_WORKER)
    page = signed_in(Role.TEAM_MANAGER).get(f"/worker/{row.ref}").content.decode()
    assert "<title>A worker" in page


def test_it_takes_few_questions_to_the_database(signed_in, worker_of, django_assert_max_num_queries):
    row = worker_of(Role.SOCIAL_WORKER)
    who = signed_in(Role.TEAM_MANAGER)
    who.get(f"/worker/{row.ref}")
    with django_assert_max_num_queries(20):
        who.get(f"/worker/{row.ref}")


def test_the_children_are_put_in_order_by_a_heading_and_saved_with_the_figures_date(
    signed_in, figures, worker_of
):
    row = worker_of(Role.SOCIAL_WORKER)
    who = signed_in(Role.TEAM_MANAGER)
    children = ChildFigure.objects.whole().filter(
        figures=figures, worker_id=row.worker_id, next_visit__isnull=False
    )
    page = who.get(f"/worker/{row.ref}?sort=-visit").content.decode()
    table = page[page.index("Children they hold</h2>") :]
    places = [table.index(f"/child/{c.ref}") for c in children.order_by("-next_visit", "by_name")]
    assert places == sorted(places)
    answer = who.get(f"/worker/{row.ref}?file=csv")
    assert answer.content.decode("utf-8-sig").count(figures.as_at.isoformat()) >= children.count()
