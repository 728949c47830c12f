"""ASM-04, S47-01, S47-02: are assessments signed off and enquiries brought to conference in time?"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "record_id", "status", "due_date", "days_over")
