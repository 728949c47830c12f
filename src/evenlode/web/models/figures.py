"""The figures of one load: what every page reads, written whole under the manifest's number or not at all."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from evenlode.access import Visible
from evenlode.web.models.scoped import OfChild, ScopedManager, child_q, unit_q, worker_q

ID = {"max_length": 200}


class Figures(models.Model):
    """One load's figures.  standing: what the pages show; one row at most.

    manifest: the number of the record's manifest; as_at: the day they are of.  set_aside: rows in quarantine.
    """

    manifest = models.PositiveIntegerField()
    la_code = models.CharField(max_length=20)
    as_at = models.DateField()
    loaded_at = models.DateTimeField()
    written_at = models.DateTimeField()
    rules_version = models.CharField(max_length=100)
    policy_fingerprint = models.CharField(max_length=100)
    set_aside = models.PositiveIntegerField(default=0)
    standing = models.BooleanField(default=False)
    before = models.DateField(null=True)
    totals: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    told: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["standing"], condition=Q(standing=True), name="one_standing"),
        ]


class Holder(models.Model):
    """Who holds a child: an active lead or co-worker, or only the team that must act.

    It decides who sees the child, so it is read without a scope; it says no more than ids and days.
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    child_id = models.CharField(max_length=200)
    worker_id = models.CharField(max_length=200, null=True)  # noqa: DJ001 - a child whom no worker holds
    team_id = models.CharField(max_length=200, null=True)  # noqa: DJ001 - as above
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figures", "child_id"]),
            models.Index(fields=["figures", "worker_id"]),
            models.Index(fields=["figures", "team_id"]),
        ]


class InOrder(models.Model):
    """What a row of a list is put in order by: names without accents and capitals, a child's surname first."""

    by_name = models.CharField(max_length=420, blank=True)
    by_worker = models.CharField(max_length=200, blank=True)
    by_team = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class ChildFigure(OfChild, InOrder):
    """One child as lists and pages show them.

    ref: what stands for the child in addresses.  next_*: the earliest due date of each kind, past or to come.
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    ref = models.CharField(max_length=32)
    forename = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    born = models.DateField(null=True)
    unborn = models.BooleanField(default=False)
    family = models.CharField(max_length=200, blank=True)
    open = models.BooleanField(default=True)
    status = models.CharField(max_length=40, blank=True)
    statuses = models.CharField(max_length=200, blank=True)
    plan_since = models.DateField(null=True)
    worker_id = models.CharField(max_length=200, blank=True)
    team_id = models.CharField(max_length=200, blank=True)
    lead_since = models.DateField(null=True)
    waiting_since = models.DateField(null=True)
    next_visit = models.DateField(null=True)
    next_review = models.DateField(null=True)
    next_supervision = models.DateField(null=True)
    next_action = models.DateField(null=True)
    points = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    search = models.CharField(max_length=420, blank=True)
    late = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figures", "child_id"]),
            models.Index(fields=["figures", "ref"]),
            models.Index(fields=["figures", "worker_id"]),
            models.Index(fields=["figures", "team_id"]),
            models.Index(fields=["figures", "waiting_since"]),
            models.Index(fields=["figures", "surname", "forename"]),
            models.Index(fields=["figures", "family"]),
        ]


class WorkerFigure(models.Model):
    """One worker's load and standing.  JSON parts: as `evenlode.oversight.team` tells them.

    by_record: load and parts by the record alone, where something recorded by hand changes them; else None.
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    ref = models.CharField(max_length=32)
    worker_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    team_id = models.CharField(max_length=200, blank=True)
    here = models.BooleanField(default=True)
    left_on = models.DateField(null=True)
    placeholder = models.BooleanField(default=False)
    newly_qualified = models.BooleanField(default=False)
    experience = models.CharField(max_length=40, blank=True)
    fte = models.DecimalField(max_digits=5, decimal_places=3, null=True)
    children = models.PositiveIntegerField(default=0)
    plans = models.PositiveIntegerField(default=0)
    care = models.PositiveIntegerField(default=0)
    complex_children = models.PositiveIntegerField(default=0)
    points = models.DecimalField(max_digits=9, decimal_places=3)
    capacity = models.DecimalField(max_digits=9, decimal_places=3)
    utilisation = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    band = models.CharField(max_length=40)
    complete = models.BooleanField(default=True)
    parts: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    by_record: models.JSONField[dict[str, object] | None, dict[str, object] | None] = models.JSONField(
        null=True
    )
    supervision: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)
    absence: models.JSONField[dict[str, object] | None, dict[str, object] | None] = models.JSONField(
        null=True
    )
    search = models.CharField(max_length=420, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figures", "worker_id"]),
            models.Index(fields=["figures", "ref"]),
            models.Index(fields=["figures", "team_id"]),
        ]

    @classmethod
    def within(cls, visible: Visible) -> Q:
        """Which workers' rows are a person's."""
        return worker_q(visible)


class FindingFigure(OfChild, InOrder):
    """One finding, with its words.  child_id is blank where it is about a worker, a team or the council.

    of_team: the team that answers for it.  on_today: some group of Today takes it.  words: as `Said` has them.
    by_state: a number that puts lists in order: late or true now, due soon, not known, each by its date.
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    place = models.PositiveIntegerField()
    la_code = models.CharField(max_length=20)
    rule_id = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=10)
    subject_id = models.CharField(max_length=200)
    record_id = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    severity = models.CharField(max_length=10)
    due_date = models.DateField(null=True)
    days_over = models.IntegerField(null=True)
    worker_id = models.CharField(max_length=200, blank=True)
    team_id = models.CharField(max_length=200, blank=True)
    evidence = models.TextField()
    of_team = models.CharField(max_length=200, blank=True)
    on_today = models.BooleanField(default=False)
    known_since = models.DateField(null=True)
    new = models.BooleanField(null=True)
    sentence = models.TextField()
    do = models.TextField(blank=True)
    action = models.CharField(max_length=200, blank=True)
    shape = models.CharField(max_length=12)
    state = models.CharField(max_length=100)
    when = models.CharField(max_length=100, blank=True)
    who_says_so = models.CharField(max_length=40)
    sum = models.TextField(blank=True)
    act_by = models.DateField(null=True)
    by_state = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figures", "child_id"]),
            models.Index(fields=["figures", "rule_id", "status", "subject_kind", "child_id"]),
            models.Index(fields=["figures", "of_team", "subject_kind", "child_id"]),
            models.Index(fields=["figures", "worker_id", "subject_kind", "child_id"]),
            models.Index(fields=["figures", "by_state", "place"]),
            models.Index(fields=["figures", "subject_id", "subject_kind"]),
            models.Index(fields=["figures", "on_today"]),
        ]

    @classmethod
    def within(cls, visible: Visible) -> Q:
        """Which findings about children are a person's; those about workers and teams: `of_workers`, `of_units`."""
        return Q(subject_kind="child") & child_q(visible)

    @classmethod
    def of_workers(cls, visible: Visible) -> Q:
        """Which findings about workers are a person's."""
        return Q(subject_kind="worker") & worker_q(visible, "subject_id")

    @classmethod
    def of_units(cls, visible: Visible) -> Q:
        """Which findings about teams are a person's."""
        return Q(subject_kind="team") & unit_q(visible, "subject_id")


class TeamFigure(models.Model):
    """One team: counts and sentences, no child."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    team_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    parent_id = models.CharField(max_length=200, blank=True)
    children = models.PositiveIntegerField(default=0)
    workers = models.PositiveIntegerField(default=0)
    unallocated = models.PositiveIntegerField(default=0)
    told: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["figures", "team_id"])]

    @classmethod
    def within(cls, visible: Visible) -> Q:
        """Which teams are a person's."""
        return unit_q(visible)


class WatchFigure(OfChild, InOrder):
    """One child on one watch list; cells stand in the order of the list's columns."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    watch_list = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    worker_id = models.CharField(max_length=200, blank=True)
    team_id = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    days = models.IntegerField(null=True)
    cells: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    rules: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    cannot_tell = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["figures", "watch_list", "place"])]


class GoneFigure(OfChild):
    """A finding of the load before that is there no longer, and how it went away (`evenlode.oversight.since`)."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    rule_id = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=10)
    subject_id = models.CharField(max_length=200)
    how = models.CharField(max_length=60)
    worker_id = models.CharField(max_length=200, blank=True)
    of_team = models.CharField(max_length=200, blank=True)
    known_since = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figures", "child_id"]),
            models.Index(fields=["figures", "how"]),
        ]

    @classmethod
    def within(cls, visible: Visible) -> Q:
        """Which of them are a person's: those about children."""
        return Q(subject_kind="child") & child_q(visible)


class MeasureFigure(models.Model):
    """One measure of the council, a service or a team on one day: counts, no child."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    measure_id = models.CharField(max_length=80)
    level = models.CharField(max_length=12)
    unit_id = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    as_at = models.DateField()
    period_from = models.DateField(null=True)
    numerator = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    status = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    note = models.TextField(blank=True)
    beside: models.JSONField[dict[str, object] | None, dict[str, object] | None] = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["figures", "measure_id", "level", "as_at"]),
            models.Index(fields=["figures", "level", "unit_id"]),
        ]


class KeptPage(models.Model):
    """A page's data that was worked out once for a reach: dropped whenever anything that it rests on changes."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    children = models.BooleanField(default=True)
    data: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["figures", "key"], name="one_kept_page"),
        ]
