import shutil
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given as make_up
from hypothesis import settings
from hypothesis import strategies as st

from evenlode.errors import CannotRead
from evenlode.extracts import limits, xml_tables

from .censuses import census, child, details, worker, workforce
from .handing import PEOPLE, hand, read, read_text, rows, said, zipped

WHOLE = census(child("100", details()), before="")
LAUGHS = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
DECLARATIONS = {
    "a document type": "<!DOCTYPE Message>",
    "one of another file": '<!DOCTYPE Message SYSTEM "file:///etc/passwd">',
    "one of another machine": '<!DOCTYPE Message PUBLIC "x" "http://127.0.0.1:9/x.dtd">',
    "an entity of another file": '<!DOCTYPE Message [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "a parameter entity": '<!DOCTYPE Message [<!ENTITY % e SYSTEM "http://127.0.0.1:9/e"> %e;]>',
    "entities in one another": f"<!DOCTYPE Message [{LAUGHS}]>",
    "small letters": "<!doctype Message>",
    "behind a remark": f"<!-- {'x' * 100_000} --><!DOCTYPE Message>",
}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
def test_a_declaration_is_refused_before_anything_is_parsed(tmp_path, monkeypatch, declaration, encoding):
    monkeypatch.setattr(xml_tables, "_Reading", None)
    text = f'<?xml version="1.0"?>{declaration}{WHOLE}'
    with pytest.raises(CannotRead, match=r"^cin\.xml: the file holds a declaration \((DOCTYPE|ENTITY)\)"):
        read_text(tmp_path, text.encode(encoding), "cin.xml")


def test_a_declaration_is_refused_in_an_archive_too(tmp_path):
    data = zipped({"people.csv": PEOPLE, "cin.xml": DECLARATIONS["a document type"] + WHOLE})
    with pytest.raises(CannotRead, match=r"^cin\.xml: the file holds a declaration"):
        read_text(tmp_path, data, "all.zip")


def test_a_declaration_in_a_file_of_another_kind_is_refused_too(tmp_path):
    with pytest.raises(CannotRead, match="holds a declaration"):
        read_text(tmp_path, "<?xml version='1.0'?><!DOCTYPE html><html/>", "page.xml")


@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
def test_the_parser_refuses_what_the_search_would_have_missed(tmp_path, monkeypatch, declaration):
    monkeypatch.setattr("evenlode.extracts.xml_text.refuse_declarations", lambda *_: None)
    monkeypatch.setattr("evenlode.extracts.xml_text._root", lambda *_: "Message")
    with pytest.raises(CannotRead, match=r"^cin\.xml, line \d+: "):
        read_text(tmp_path, declaration + WHOLE, "cin.xml")


def test_entities_and_includes_without_a_declaration_open_nothing(tmp_path):
    with pytest.raises(
        CannotRead, match=r"^cin\.xml, line \d+: the file is no sound XML \(undefined entity\)"
    ):
        read_text(tmp_path, WHOLE.replace("WBRI", "&passwd;"), "cin.xml")
    include = '<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    given = read_text(tmp_path, WHOLE.replace("</Child>", include + "</Child>"), "cin.xml")
    assert any("the element include in Child is not known" in line for line in said(given))


ATTACK = """
    import resource, sys, time
    from pathlib import Path
    from evenlode.errors import CannotRead
    from evenlode.extracts import read_extracts
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    try:
        read_extracts(Path(sys.argv[1]), la_code="999")
    except CannotRead:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(time.perf_counter() - start, peak / 1024)
"""


def attack(path, *before):
    words = [*before, sys.executable, "-c", textwrap.dedent(ATTACK), str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
def test_a_declaration_costs_less_than_a_second_and_200_mb(tmp_path, declaration):
    path = hand(tmp_path, **{"cin.xml": declaration + WHOLE}) / "cin.xml"
    seconds, mib = map(float, attack(path).stdout.split())
    assert seconds < 1
    assert mib < 200


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not there")
@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
def test_nothing_but_the_file_is_opened_and_nobody_is_called(tmp_path, declaration):
    path = hand(tmp_path, **{"cin.xml": declaration + WHOLE}) / "cin.xml"
    trace = tmp_path / "trace"
    attack(path, "strace", "-f", "-o", str(trace), "-e", "trace=openat,open,connect,socket")
    lines = trace.read_text().splitlines()
    ours = next(at for at, line in enumerate(lines) if str(path) in line)
    after = [
        line for line in lines[ours:] if "ENOENT" not in line and ".py" not in line and ".so" not in line
    ]
    assert not [line for line in lines if "passwd" in line or "AF_INET" in line]
    assert [line for line in after if "O_RDONLY" in line and str(path) not in line] == []


def test_a_text_without_end_is_refused(tmp_path):
    text = WHOLE.replace("WBRI", "x" * (limits.MAX_XML_TEXT + 600_000))
    with pytest.raises(CannotRead, match=r"^cin\.xml, line \d+: a text goes on for more than 2 MB"):
        read_text(tmp_path, text, "cin.xml")


@pytest.mark.parametrize(
    "huge",
    ["<Child a='{}'/>", "<!--{}-->", "<?x {}?>", "<{}/>"],
    ids=["attribute", "remark", "instruction", "name"],
)
def test_a_tag_without_end_is_refused(tmp_path, huge):
    text = WHOLE.replace("<Child>", huge.format("x" * (limits.MAX_XML_TOKEN + 600_000)) + "<Child>", 1)
    with pytest.raises(
        CannotRead, match=r"^cin\.xml, line \d+: an element or remark goes on for more than 2 MB"
    ):
        read_text(tmp_path, text, "cin.xml")


def test_elements_very_deep_in_one_another_are_refused(tmp_path):
    deep = "<x>" * 200_000 + "</x>" * 200_000
    with pytest.raises(CannotRead, match=r"^cin\.xml, line \d+: elements stand more than 100 deep"):
        read_text(tmp_path, WHOLE.replace("<Child>", deep + "<Child>", 1), "cin.xml")


def test_more_cells_than_any_census_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xml_tables, "MAX_CELLS", 1_000)
    many = census(*(child(str(n)) for n in range(101)), before="")
    with pytest.raises(CannotRead, match="the file holds more than 1,000 cells"):
        read_text(tmp_path, many, "cin.xml")


def test_a_thousand_kinds_of_unknown_element_are_not_a_thousand_remarks(tmp_path):
    extra = "".join(f"<x{n}/>" for n in range(1_000))
    given = read_text(tmp_path, WHOLE.replace("</Child>", extra + "</Child>"), "cin.xml")
    unknown = [line for line in said(given) if "not known" in line]
    assert len(unknown) == limits.MAX_XML_KINDS + 1
    assert "further elements is not known (met 950 times" in unknown[-1]


def test_a_large_text_is_refused_within_what_it_takes_to_hold_it(tmp_path):
    path = tmp_path / "cin.xml"
    path.write_text(WHOLE.replace("WBRI", "x" * 50_000_000))
    seconds, mib = map(float, attack(path).stdout.split())
    assert mib < 200
    assert seconds < 5


def named(declared="", letters="Zoë Siân"):
    head = f"<?xml version='1.0'{declared and f' encoding={declared!r}'}?>\n"
    return head + workforce(worker(Ethnicity=letters))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"), ("", "utf-8-sig"), ("UTF-8", "utf-8"), ("utf8", "utf-8-sig"), ("UTF-16", "utf-16"), ("", "utf-16"),
        ("UTF-16", "utf-16-le"), ("UTF-16", "utf-16-be"), ("windows-1252", "cp1252"), ("Windows-1252", "cp1252"),
        ("ISO-8859-1", "cp1252"), ("", "cp1252"), ("UTF-8", "cp1252"), ("windows-1252", "utf-8"), ("UTF-16", "utf-8"),
        ("ISO-8859-1", "utf-8-sig"), ("us-ascii", "utf-8"),
    ],
)  # fmt: skip
def test_letters_come_through_exactly_whatever_the_file_says_of_them(tmp_path, declared, encoding):
    letters = "Zoë Siân O\u2019Brien"
    given = read_text(tmp_path, named(declared, letters).encode(encoding), "csww.xml")
    assert rows(given, "census_worker", "ethnicity") == [(letters,)]


@pytest.mark.parametrize(
    ("declared", "encoding", "remark"),
    [
        ("windows-1252", "utf-8", "says that it is windows-1252, but its letters are UTF-8; read as UTF-8"),
        ("UTF-16", "utf-8", "says that it is UTF-16, but its letters are UTF-8; read as UTF-8"),
        ("UTF-8", "cp1252", "read as Windows-1252, since it is not UTF-8"),
        ("", "utf-16", "read as UTF-16"),
    ],
)
def test_a_declaration_of_letters_that_is_wrong_is_said(tmp_path, declared, encoding, remark):
    given = read_text(tmp_path, named(declared).encode(encoding), "csww.xml")
    assert f"- : {remark}" in said(given, "repaired")


@pytest.mark.parametrize(
    "declared", ["windows-1250", "ISO-8859-2", "utf-7", "x-user", "EBCDIC-CP-GB", "rot13"]
)
def test_letters_that_are_not_read_are_refused_by_name(tmp_path, declared):
    with pytest.raises(
        CannotRead, match=f"^csww.xml: the file says that its letters are written as {declared}"
    ):
        read_text(tmp_path, named(declared, "Zoe"), "csww.xml")


def test_a_file_of_two_encodings_is_refused(tmp_path):
    mixed = named("windows-1252", "Zoë").encode() + "<!-- Siân -->".encode("cp1252")
    with pytest.raises(CannotRead, match=r"^csww\.xml, line \d+: the file mixes UTF-8 with another encoding"):
        read_text(tmp_path, mixed, "csww.xml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (WHOLE.replace("</ChildIdentifiers>", "</Child>"), "mismatched tag"),
        (WHOLE + WHOLE, "junk after document element"),
        (WHOLE.replace("WBRI", "W\x01"), "not well-formed"),
        (
            WHOLE.replace("<LAchildID>100", "<LAchildID>1<b>2</b>3"),
            "holds another element where a value belongs",
        ),
    ],
    ids=["mismatch", "two", "control", "split value"],
)
def test_what_is_no_sound_xml_is_refused_with_the_line(tmp_path, text, line):
    with pytest.raises(CannotRead, match=rf"^cin\.xml, line \d+: .*{line}"):
        read_text(tmp_path, text, "cin.xml")


def test_space_before_the_first_line_does_no_harm_and_lines_are_still_right(tmp_path):
    text = "\n\n" + census(child("100", details("x")))
    given = read_text(tmp_path, text.encode(), "cin.xml")
    assert [q.row_number for q in given.quarantined] == [text[: text.index("<CINdetails>")].count("\n") + 1]


def test_another_document_is_named_by_its_root_and_kept_out(tmp_path):
    given = read(hand(tmp_path, **{"people.csv": PEOPLE, "schema.xsd": "<xs:schema xmlns:xs='x'/>"}))
    assert said(given["ssd"]) == ["- : not recognised: its root element is xs:schema; kept out"]


def test_an_empty_file_that_calls_itself_xml_is_kept_out_and_said(tmp_path):
    given = read(hand(tmp_path, **{"people.csv": PEOPLE, "cin.xml": b""}))
    assert said(given["ssd"]) == ["- : not recognised: it is an empty file (0 bytes); kept out"]


@settings(max_examples=150)
@make_up(st.data())
def test_a_garbled_census_is_read_or_refused_in_one_sentence(tmp_path_factory, data):
    whole = census(child("100", details()), child("101", details())).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 20))
    piece = data.draw(
        st.binary(max_size=8) | st.sampled_from([b"<", b">", b"&", b"</Child>", b"<Child>", b"\x00"])
    )
    folder = tmp_path_factory.mktemp("garbled")
    fault = refusal(folder, whole[:at] + piece + whole[at + length :])
    assert fault.startswith("cin.xml") or not fault
    assert "\n" not in fault


def refusal(folder, data):
    """Why a file is refused; blank where it is read."""
    try:
        read_text(folder, data, "cin.xml")
    except CannotRead as fault:
        return str(fault)
    return ""
