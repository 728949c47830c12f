"""Makes the ready sign-ins of a home and writes down what stands in the addresses that people write to.

Run in a process of its own, with the variables of the service: pages_home.py FILE
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from evenlode.cli.service import start_django

start_django(Path(os.environ["EVENLODE_HOME"]))

from django.utils import timezone  # noqa: E402

from evenlode.access import Role  # noqa: E402
from evenlode.web.demonstration import PREFIX, make_sign_ins  # noqa: E402
from evenlode.web.models import (  # noqa: E402
    Account,
    ChildFigure,
    Figures,
    FindingFigure,
    Holder,
    WorkerFigure,
)
from evenlode.web.views.explained import finding_ref  # noqa: E402

figures = Figures.objects.get(standing=True)
make_sign_ins(figures, timezone.now())
manager = Account.objects.get(username=f"{PREFIX}{Role.TEAM_MANAGER}".replace(" ", "-")).person
team = manager.posts.get(role=str(Role.TEAM_MANAGER)).unit_id
children = {c.child_id: c.ref for c in ChildFigure.objects.whole().filter(figures=figures)}
own = set(Holder.objects.filter(figures=figures, team_id=team).values_list("child_id", flat=True))
late = FindingFigure.objects.whole().filter(
    figures=figures, subject_kind="child", status="overdue", child_id__in=own
)
worker = (
    WorkerFigure.objects.whole()
    .filter(figures=figures, team_id=team, here=True, placeholder=False)
    .exclude(worker_id=manager.worker_id)
    .order_by("-fte", "worker_id")
    .first()
)
Path(sys.argv[1]).write_text(
    json.dumps(
        {
            "explain": [f"/child/{children[f.child_id]}/explain/{finding_ref(f)}" for f in late],
            "hours": f"/worker/{worker.ref}/hours",
            "elsewhere": sorted(set(children) - own),
        }
    )
)
