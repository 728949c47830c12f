"""Puts the built files of two public design systems beside our own, without what a council may not use.

A developer runs it after a release of either; nobody who runs Evenlode needs Node:

    mkdir packs && (cd packs && npm pack govuk-frontend@6.6.0 @ministryofjustice/frontend@11.1.0)
    python tools/vendor_assets.py packs

The typeface, the crown and the crest of GOV.UK are for gov.uk alone; source maps and outside addresses
would be fetched from elsewhere. All of them are cut out, and what is left is looked through before a file
is written. Components that no page of ours uses are cut out too (`UNUSED`, `KEPT_OF_MOJ`).
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES = {
    "govuk-frontend": ("govuk-frontend-{}.tgz", "6.6.0"),
    "@ministryofjustice/frontend": ("ministryofjustice-frontend-{}.tgz", "11.1.0"),
}
VENDOR = Path(__file__).parents[1] / "src" / "evenlode" / "web" / "static" / "evenlode" / "vendor"

FONTS = 'Arial,"Liberation Sans",Helvetica,sans-serif'
UNUSED = (
    "govuk-header govuk-footer govuk-cookie-banner govuk-exit-this-page govuk-phase-banner govuk-feedback "
    "govuk-language-navigation govuk-panel govuk-accordion govuk-task-list govuk-tabs govuk-logo "
    "govuk-generic-header govuk-service-navigation"
).split()
KEPT_OF_MOJ = ("moj-datepicker",)
REFUSED = {
    "the typeface of GOV.UK": re.compile(r"GDS[ _-]?Transport|@font-face|\.woff", re.IGNORECASE),
    "the crown or the crest": re.compile(r"crown[-.]|crest|logotype", re.IGNORECASE),
    "a source map": re.compile(r"sourceMappingURL"),
    "an address elsewhere": re.compile(
        r"https?://(?!www\.w3\.org/(2000/svg|1999/xlink))\w|url\(\s*[\"']?//|@import"
    ),
    "an absolute address": re.compile(r"url\(\s*[\"']?/"),
}

MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation
the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.
"""
LICENCES = {
    "LICENCE-govuk-frontend.txt": (
        "The MIT License (MIT)\n\nCopyright (C) 2017 Crown Copyright (Government Digital Service)\n\n" + MIT
    ),
    "LICENCE-moj-frontend.txt": (
        "MIT License\n\nCopyright (c) 2021 dxw\nThe package names its author as MOJ Digital & Technology.\n\n"
        + MIT
    ),
}


def read(folder: Path, package: str, inside: str) -> str:
    """One file of a package as `npm pack` left it."""
    name, version = PACKAGES[package]
    with tarfile.open(folder / name.format(version)) as pack:
        found = pack.extractfile(f"package/{inside}")
        if found is None:
            raise SystemExit(
                f"{name.format(version)} holds no {inside}: look for where this release keeps it"
            )
        return found.read().decode("utf-8")


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each rule of minified CSS as what stands before its bracket, and what stands inside; no comments."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    start = 0
    while (opens := css.find("{", start)) >= 0:
        depth, end = 1, opens + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[start:opens].replace('@charset "UTF-8";', "").strip(), css[opens + 1 : end - 1]
        start = end


def trimmed(css: str, package: str) -> str:
    """The rules that our pages use, and no others."""
    out = []
    for head, body in blocks(css):
        if head.startswith("@font-face"):
            continue
        if head.startswith(("@media", "@supports", "@-moz-document")):
            inner = trimmed(body, package)
            out.append(f"{head}{{{inner}}}" if inner else "")
            continue
        kept = [one for one in head.split(",") if used(one, package)] if not head.startswith("@") else [head]
        out.append(f"{','.join(kept)}{{{body}}}" if kept else "")
    return "".join(out)


def used(selector: str, package: str) -> bool:
    """Whether a selector dresses something that stands on a page of ours."""
    classes = re.findall(r"\.([a-z0-9_-]+)", selector)
    if package == "govuk-frontend":
        return not any(
            c == name or c.startswith((f"{name}_", f"{name}-")) for c in classes for name in UNUSED
        )
    return any(c.startswith(name) for c in classes for name in KEPT_OF_MOJ)


def in_our_type(css: str) -> str:
    """The same rules in the typeface that every machine has, on paper too."""
    css = re.sub(r"font-family:GDS Transport,arial,sans-serif", f"font-family:{FONTS}", css)
    return re.sub(r"font-family:sans-serif", f"font-family:{FONTS}", css)


def bare(script: str) -> str:
    """A script without the comments that have lines of their own, and without the address of its source."""
    script = re.sub(r"^\s*/\*\*.*?\*/\s*\n", "", script, flags=re.DOTALL | re.MULTILINE)
    script = re.sub(r"^\s*//.*\n", "", script, flags=re.MULTILINE)
    return re.sub(r"\s*//# sourceMappingURL=\S+\s*$", "\n", script)


def looked_through(name: str, text: str) -> str:
    """The same text, if nothing in it is refused."""
    for what, pattern in REFUSED.items():
        found = pattern.search(text)
        if found:
            raise SystemExit(f"{name} still holds {what} ({found.group()}): mend tools/vendor_assets.py")
    return text


def written(folder: Path) -> dict[str, str]:
    """Every file to write, by name."""
    govuk, moj = PACKAGES
    css, date_picker = "govuk-frontend.min.css", "date-picker"
    files = {
        css: in_our_type(trimmed(read(folder, govuk, f"dist/govuk/{css}"), govuk)),
        "govuk-frontend.min.js": bare(read(folder, govuk, "dist/govuk/govuk-frontend.min.js")),
        "moj-date-picker.css": in_our_type(trimmed(read(folder, moj, "moj/moj-frontend.min.css"), moj)),
        "moj-date-picker.js": bare(
            read(folder, moj, f"moj/components/{date_picker}/{date_picker}.bundle.mjs")
        ),
    }
    files = {name: looked_through(name, text).strip() + "\n" for name, text in files.items()}
    versions = "".join(f"{package} {version}\n" for package, (_, version) in PACKAGES.items())
    note = (
        "Built files of these packages, both MIT, cut down by tools/vendor_assets.py. Do not edit by hand.\n"
    )
    return files | LICENCES | {"VERSIONS.txt": note + versions}


def main(folder: Path) -> None:
    """Writes the folder again from the packages, and takes away what an earlier release left."""
    files = written(folder)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for old in VENDOR.iterdir():
        old.unlink()
    for name, text in files.items():
        (VENDOR / name).write_text(text, encoding="utf-8")
        print(f"{name}: {len(text) // 1024} KB")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
