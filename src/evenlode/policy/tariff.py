"""Workload presets: published schemes as data, dated, and honest about what nobody has published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from evenlode.errors import PolicyFault

TARIFF_ENTRIES: dict[str, str] = {
    "care_proceedings": "Care proceedings: an interim care order is active, or a court stage is supplied.",
    "pre_proceedings": "Pre-proceedings are open.",
    "cp_plan_first_90_days": "On a protection plan in its first 90 days.",
    "cla_tier_1": "Looked after for under 12 months, or moved twice within 6 months.",
    "s47_open": "A section 47 enquiry is open.",
    "cp_plan": "On a protection plan.",
    "cin_complex": "A child in need with complex needs, where the council supplies it.",
    "assessment_open": "An assessment is open.",
    "cla_tier_2": "Looked after, settled.",
    "cin": "Any open child.",
    "care_leaver": "A care leaver.",
    "private_fostering": "Privately fostered.",
}
"""What each entry of a tariff stands for; a child scores the highest that applies."""


@dataclass(frozen=True)
class Band:
    """A named stretch of utilisation, from `start` (included) up to the next band."""

    name: str
    start: Decimal


@dataclass(frozen=True)
class Tariff:
    """A points scheme that can score: every value is known.

    Source: practice-standards.md 7.2 and 7.3; findings-contract.md section 5.
    """

    preset: str
    label: str
    illustrative: bool
    effective_from: date
    points: dict[str, Decimal]
    sibling_share: Decimal
    co_working_share: Decimal
    ceiling_per_fte: Decimal
    newly_qualified_factor: Decimal
    stable_points: Decimal
    bands: tuple[Band, ...]

    def band(self, utilisation: Decimal) -> str:
        """The band of a utilisation; on a boundary, the worse one (G-14)."""
        return [b for b in self.bands if b.start <= utilisation][-1].name


@cache
def presets() -> dict[str, dict[str, Any]]:
    """All shipped presets by id, as published."""
    text = files("evenlode.policy").joinpath("presets.yaml").read_text("utf-8")
    return {p["id"]: p for p in yaml.safe_load(text)}


def tariff_from(preset: dict[str, Any]) -> Tariff:
    """The tariff of a preset, with whatever the council has filled in.

    Raises PolicyFault where the preset is no points scheme, or where a value is missing: Evenlode
    does not score with a gap.
    """
    if preset["kind"] != "points":
        raise PolicyFault(
            f'Workload preset "{preset["id"]}" ({preset["name"]}) gives a comparison and no '
            "points, so it cannot weigh caseloads. Choose a points preset such as "
            '"evenlode-starter".'
        )
    missing = missing_values(preset)
    if missing:
        raise PolicyFault(
            f'Workload preset "{preset["id"]}" cannot score: nobody has published '
            f"{', '.join(missing)}. Enter your council's own values under workload in the "
            "policy file."
        )
    _check_allowed(preset)
    return Tariff(
        preset=preset["id"],
        label=preset["label"],
        illustrative=preset["illustrative"],
        effective_from=preset["effective_from"],
        points={k: Decimal(str(v)) for k, v in preset["tariff"].items()},
        sibling_share=Decimal(str(preset["sibling_share"])),
        co_working_share=Decimal(str(preset["co_working_share"])),
        ceiling_per_fte=Decimal(str(preset["ceiling_per_fte"])),
        newly_qualified_factor=Decimal(str(preset["newly_qualified_factor"])),
        stable_points=Decimal(str(preset["stable_points"])),
        bands=tuple(Band(b["name"], Decimal(str(b["from"]))) for b in preset["bands"]),
    )


def missing_values(preset: dict[str, Any]) -> list[str]:
    """Which values of a points preset nobody has published, in the words of the policy file."""
    single = (
        "sibling_share",
        "co_working_share",
        "ceiling_per_fte",
        "newly_qualified_factor",
        "stable_points",
        "bands",
    )
    tariff = [f"tariff.{k}" for k, v in preset["tariff"].items() if v is None]
    return tariff + [k for k in single if preset.get(k) is None]


def _check_allowed(preset: dict[str, Any]) -> None:
    allowed = preset.get("allowed_points")
    for name, value in preset["tariff"].items():
        if allowed and not allowed["min"] <= value <= allowed["max"]:
            raise PolicyFault(
                f'Workload preset "{preset["id"]}" allows {allowed["min"]} to {allowed["max"]} '
                f"points a case, but tariff.{name} is {value}."
            )
