"""Every address of the JSON service, each with the cell of the access matrix that opens it: as `routes.PAGES`."""

from __future__ import annotations

from dataclasses import dataclass

from evenlode.access import Thing, Verb
from evenlode.web.standing_tables import TABLES, StandingTable

UNDER = "api/v1/"
"""Where the service begins."""


@dataclass(frozen=True)
class ApiRoute:
    """One address; table: what it answers with, None for the description of the service itself."""

    path: str
    name: str
    thing: Thing
    verb: Verb
    table: StandingTable | None = None


API_ROUTES: tuple[ApiRoute, ...] = (
    ApiRoute("findings", "api-findings", Thing.FINDING, Verb.LIST, TABLES["findings"]),
    ApiRoute("workload", "api-workload", Thing.WORKER_FIGURES, Verb.LIST, TABLES["workload"]),
    ApiRoute("measures", "api-measures", Thing.COUNCIL_MEASURES, Verb.SEE, TABLES["measures"]),
    ApiRoute("rules", "api-rules", Thing.RULES, Verb.SEE, TABLES["rules"]),
    ApiRoute("openapi.json", "api-description", Thing.RULES, Verb.SEE),
)
"""In the order of the description."""
