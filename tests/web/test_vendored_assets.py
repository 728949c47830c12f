"""What lies beside our own files is whole, is allowed to a council, and fetches nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import io
import re
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "evenlode" / "web" / "static" / "evenlode"
VENDOR = STATIC / "vendor"
SERVED = sorted(
    path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg"} and path.is_file()
)
by_name = pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)

spec = importlib.util.spec_from_file_location("vendor_assets", ROOT / "tools" / "vendor_assets.py")
tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tool)


def test_the_styles_and_scripts_of_both_design_systems_are_there():
    assert {path.name for path in VENDOR.iterdir()} >= {
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
        "moj-date-picker.css",
        "moj-date-picker.js",
    }


@by_name
def test_the_typeface_that_only_gov_uk_may_use_is_nowhere(path):
    text = path.read_text(encoding="utf-8").lower()
    assert "transport" not in text
    assert "@font-face" not in text
    assert not list(STATIC.rglob("*.woff*"))


@by_name
def test_no_crown_and_no_crest(path):
    text = path.read_text(encoding="utf-8").lower()
    assert not re.search(r"crest|logotype|crown[.-]", text)
    assert not re.search(r"crest|crown|logotype", path.name)


@by_name
def test_no_file_sends_the_browser_for_a_source_map(path):
    assert "sourcemapping" not in path.read_text(encoding="utf-8").lower()


@by_name
def test_nothing_is_fetched_from_another_address(path):
    text = path.read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[\w./-]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}, "names, never fetched"
    assert "@import" not in text
    for address in re.findall(r"url\(([^)]*)\)", text):
        assert not address.strip("\"' ").startswith(("/", "http"))


@by_name
def test_every_picture_that_a_style_asks_for_lies_beside_it(path):
    if path.suffix == ".css":
        for address in re.findall(r"url\(([^)]*)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / address.strip("\"' ")).is_file()


def test_both_licences_and_versions_are_kept_with_the_files():
    for licence in ("LICENCE-govuk-frontend.txt", "LICENCE-moj-frontend.txt"):
        text = (VENDOR / licence).read_text(encoding="utf-8")
        assert "MIT" in text
        assert "Copyright" in text
        assert "WITHOUT WARRANTY OF ANY KIND" in text
    versions = (VENDOR / "VERSIONS.txt").read_text(encoding="utf-8")
    assert "govuk-frontend 6.6.0\n" in versions
    assert "@ministryofjustice/frontend 11.1.0\n" in versions


def test_rules_for_what_we_do_not_use_are_cut_out_and_the_others_stay_whole():
    css = ".govuk-footer,.govuk-link{color:red}@media print{.govuk-footer__crest{color:red}}.a{b:c}"
    assert tool.trimmed(css, "govuk-frontend") == ".govuk-link{color:red}.a{b:c}"


def test_every_rule_is_put_into_a_typeface_that_every_machine_has():
    css = "a{font-family:GDS Transport,arial,sans-serif}@media print{a{font-family:sans-serif}}"
    ours = 'font-family:Arial,"Liberation Sans",Helvetica,sans-serif'
    assert tool.in_our_type(css) == f"a{{{ours}}}@media print{{a{{{ours}}}}}"


@pytest.mark.parametrize(
    "text",
    [
        "@font-face{font-family:X}",
        "a{font-family:GDS Transport}",
        "a{background:url(images/govuk-crest.svg)}",
        "//# sourceMappingURL=x.map",
        "fetch('https://example.org/x')",
        "a{background:url(/assets/x.svg)}",
    ],
)
def test_a_file_that_still_holds_something_refused_is_not_written(text):
    with pytest.raises(SystemExit, match=r"mend tools/vendor_assets\.py"):
        tool.looked_through("x.css", text)


def test_a_package_that_lacks_a_file_is_named(tmp_path):
    with tarfile.open(tmp_path / "govuk-frontend-6.6.0.tgz", "w:gz") as pack:
        folder = tarfile.TarInfo("package/dist")
        folder.type = tarfile.DIRTYPE
        pack.addfile(folder, io.BytesIO())
    with pytest.raises(SystemExit, match=r"govuk-frontend-6\.6\.0\.tgz holds no dist"):
        tool.read(tmp_path, "govuk-frontend", "dist")
