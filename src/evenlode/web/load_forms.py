"""The forms in which a load is changed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from evenlode.web.form_look import DayField
from evenlode.web.load_by_hand import check_days, overlapping
from evenlode.web.models import CapacityRow
from evenlode.workload.by_hand import MOST_POINTS, REASONS, CapacityKind, Hours, Weight
from evenlode.workload.workers import plain

HALF = Decimal("0.5")
HEADINGS = {CapacityKind.REDUCTION: "Fewer hours", CapacityKind.DUTY: "An extra duty"}
ENDS = (
    "it is over earlier than was planned",
    "something else was agreed",
    "it was recorded by mistake",
)
"""Why something recorded by hand ends before its day; a closed list, as for the reasons."""


class DatedForm(forms.Form):
    """What is recorded from a day to a day; today: the server's day."""

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        """Takes what a form takes."""
        super().__init__(*args, **more)
        self.today = today

    def days(self) -> tuple[date, date] | None:
        """Both days, once they are right; else the form says what to mend."""
        since, until = (self.cleaned_data.get(name) for name in ("since", "until"))
        if since is None or until is None:
            return None
        if until < since:
            self.add_error("until", "The end date is before the first day; choose a later one.")
            return None
        try:
            check_days(since, until, self.today)
        except ValueError as fault:
            self.add_error("since" if "first day" in str(fault) else "until", str(fault))
            return None
        return since, until


class HoursForm(DatedForm):
    """Hours of a worker's week that are not there for children's cases; nothing else can be said."""

    reason = forms.ChoiceField(
        label="Why are these hours not there for children's cases?",
        choices=[
            (HEADINGS[kind], [(f"{kind}: {reason}", reason.capitalize()) for reason in reasons])
            for kind, reasons in REASONS.items()
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason from the list."},
    )
    hours = forms.DecimalField(
        label="Hours a week",
        help_text="As a number, such as 7.5.",
        min_value=Decimal("0.25"),
        max_value=Decimal(60),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
        error_messages={
            "required": "Give the hours of a week.",
            "invalid": "Give the hours as a number, such as 7.5.",
            "min_value": "Give at least a quarter of an hour.",
            "max_value": "Give the hours of one week.",
            "max_decimal_places": "Give the hours with two decimals at most, such as 7.25.",
        },
    )
    since = DayField(label="First day")
    until = DayField(label="Last day", help_text="It ends by itself after this day. At most a year off.")

    def __init__(
        self,
        *args: Any,
        worker_id: str,
        name: str,
        weekly: Decimal,
        number: str,
        **more: Any,
    ) -> None:
        """weekly: the hours that the worker has; number: what is being changed, so that it is not counted twice."""
        super().__init__(*args, **more)
        self.worker_id, self.name, self.weekly, self.number = worker_id, name, weekly, number

    def clean(self) -> dict[str, Any]:
        """Days that can be, and no more hours than the worker has."""
        days, hours = self.days(), self.cleaned_data.get("hours")
        if days and hours:
            Hours(hours, *days)
            taken = self._taken(*days)
            if taken + hours > self.weekly:
                beside = f", and {plain(taken)} are recorded already" if taken else ""
                self.add_error(
                    "hours",
                    f"{self.name} works {plain(self.weekly)} hours a week{beside}: choose fewer.",
                )
        if reason := self.cleaned_data.get("reason"):
            kind, _, words = reason.partition(": ")
            self.cleaned_data |= {"kind": CapacityKind(kind), "words": words}
        return self.cleaned_data

    def _taken(self, since: date, until: date) -> Decimal:
        rows = CapacityRow.objects.whole().filter(
            worker_id=self.worker_id, ended_at__isnull=True, since__lte=until, until__gte=since
        )
        return sum((row.hours for row in rows.exclude(number=self.number)), Decimal(0))


def point_choices() -> list[tuple[str, str]]:
    """Half points up and down, as far as a manager may move a weight."""
    steps = [HALF * n for n in range(1, int(MOST_POINTS / HALF) + 1)]
    more = [(plain(step), f"{plain(step)} more") for step in steps]
    fewer = [(f"-{plain(step)}", f"{plain(step)} fewer") for step in steps]
    return [("", "Choose"), *more, *fewer]


class WeightForm(DatedForm):
    """How many points more or fewer one child weighs, and why."""

    points = forms.TypedChoiceField(
        label="Points",
        choices=point_choices,
        coerce=Decimal,
        error_messages={
            "required": "Choose how many points more or fewer.",
            "invalid_choice": "Choose up to 2 points, more or fewer.",
        },
    )
    reason = forms.CharField(
        label="What makes this case more work, or less, than the tariff counts",
        help_text="Say what the work is. Say nothing of anybody's ability: whoever opens this child's load reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say in a few words what makes the case weigh more or less."},
    )
    since = DayField(label="First day")
    until = DayField(label="Last day", help_text="It ends by itself after this day. At most a year off.")

    def __init__(self, *args: Any, child_id: str, number: str, **more: Any) -> None:
        """number: what is being changed, so that it does not stand in its own way."""
        super().__init__(*args, **more)
        self.child_id, self.number = child_id, number

    def clean(self) -> dict[str, Any]:
        """Days that can be, and one adjustment of a child at a time."""
        days, points = self.days(), self.cleaned_data.get("points")
        if days and points:
            Weight(self.child_id, points, *days)
            if other := overlapping(self.child_id, *days, but=self.number):
                self.add_error(
                    "since",
                    f"The weight of this child is changed already until {other.until.day} {other.until:%B %Y}: "
                    "change that, or end it first.",
                )
        return self.cleaned_data


class EndForm(forms.Form):
    """Why something ends before its day."""

    why = forms.ChoiceField(
        label="Why does it end now?",
        choices=[(why, why.capitalize()) for why in ENDS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason.", "invalid_choice": "Choose a reason from the list."},
    )
