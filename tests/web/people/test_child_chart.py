"""The timeline on a child's page."""

from __future__ import annotations

import pytest

from evenlode.access import Role
from evenlode.web.models import FindingFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def troubled(figures, children):
    """The child with the most findings."""
    return max(children.values(), key=lambda c: (c.late, c.child_id))


def test_a_childs_page_draws_the_timeline_with_its_key_and_the_same_events_as_a_list(signed_in, troubled):
    page = signed_in(Role.DIRECTOR).get(f"/child/{troubled.ref}").content.decode()
    assert 'viewBox="0 0 1200' in page
    assert "finding with that number" in page
    assert "The same, as a list" in page
    assert "style=" not in page


def test_each_finding_carries_the_number_that_it_has_on_the_timeline(signed_in, figures, troubled):
    late = (
        FindingFigure.objects.whole()
        .filter(figures=figures, child_id=troubled.child_id)
        .exclude(status__in=["due_soon", "cannot_tell"])
    )
    page = signed_in(Role.DIRECTOR).get(f"/child/{troubled.ref}").content.decode()
    numbers = [f'<span class="ev-number">{n}</span>' for n in range(1, late.count() + 1)]
    assert numbers
    assert all(page.count(number) == 1 for number in numbers)
