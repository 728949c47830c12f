"""What stands around every page, and the parts that pages are made of."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string

import evenlode.web
from evenlode.access import NOT_THERE
from evenlode.oversight.sentences import Shape
from evenlode.web.charts import Chart
from evenlode.web.form_look import DayField

TEMPLATES = Path(evenlode.web.__file__).parent / "templates"
OWN = sorted(TEMPLATES.rglob("*.html"))
WHO = SimpleNamespace(name="Ruth Meadowsweet", role="team manager", unit="Kestrel team")
SITE = SimpleNamespace(council_name="Exampleshire County Council", demo=False)
FIGURES = SimpleNamespace(
    as_at_words="Friday 20 November 2026",
    loaded_words="today at 06:04",
    set_aside=14,
    set_aside_url="/data",
    stale_words="",
)
AROUND = {"site": SITE, "person": WHO, "figures": FIGURES, "nav": [], "glass": None}


def page(**told):
    return render_to_string("404.html", {**AROUND, **told})


def part(name, **told):
    return render_to_string(f"evenlode/parts/{name}.html", told)


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Decision(forms.Form):
    plan = forms.ChoiceField(
        label="The plan should", widget=forms.RadioSelect, choices=[("c", "continue"), ("e", "end")]
    )
    because = forms.CharField(
        widget=forms.Textarea, help_text="What has changed?", error_messages={"required": "Say why."}
    )
    by = DayField(label="Next look")
    told = forms.BooleanField(label="Family told", required=False)


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_has_a_style_or_a_script_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|javascript:|\shx-on|\son[a-z]+\s*=\s*[\"']", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_the_bar_says_which_day_the_figures_are_of_and_how_many_rows_were_set_aside():
    assert (
        "Figures as at Friday 20 November 2026 . Extract loaded today at 06:04. 14 rows set aside"
        in plain(page())
    )
    one = SimpleNamespace(**{**vars(FIGURES), "set_aside": 1})
    assert "1 row set aside" in plain(page(figures=one))
    none = SimpleNamespace(**{**vars(FIGURES), "set_aside": 0})
    assert "set aside" not in page(figures=none)


def test_without_any_extract_the_bar_says_so():
    assert "No extract has been loaded yet" in page(figures=None)


def test_old_figures_are_kept_and_said_to_be_old_with_a_shape_beside_the_word():
    old = SimpleNamespace(**{**vars(FIGURES), "stale_words": "These figures are 4 days old."})
    html = page(figures=old)
    assert "Old figures These figures are 4 days old." in plain(html)
    assert "Friday 20 November 2026" in html


def test_who_is_signed_in_can_sign_out_by_a_button_and_not_by_a_link():
    html = page()
    assert "Ruth Meadowsweet , team manager, Kestrel team" in plain(html)
    assert re.search(
        r'<form method="post" action="/sign-out">.*?<button[^>]*>Sign out</button>', html, re.DOTALL
    )


def test_signed_out_there_is_no_person_no_menu_and_no_date_of_figures():
    html = page(person=None, figures=None)
    assert "Sign out" not in html
    assert "ev-asat" not in html


def test_the_menu_marks_where_one_is_and_shows_a_count_only_where_there_is_one():
    entry = {"url": "/", "current": False, "count": None}
    html = page(
        nav=[
            {**entry, "label": "Today", "current": True},
            {**entry, "label": "Waiting", "count": 3},
            {**entry, "label": "Team"},
        ]
    )
    assert html.count('aria-current="page"') == 1
    assert html.count("ev-count") == 1
    assert "Waiting 3" in plain(html)


def test_the_demonstration_says_that_everything_in_it_is_invented():
    demo = SimpleNamespace(council_name="Exampleshire", demo=True)
    assert "every child, worker, letter and council figure on these pages is invented" in page(site=demo)
    assert "invented" not in page()


def test_a_record_opened_with_a_reason_is_said_on_every_page_and_can_be_ended():
    glass = SimpleNamespace(
        words="The head of service was told.", ends_words="It closes at 12:10.", end_url="/end"
    )
    html = page(glass=glass)
    assert "The head of service was told. It closes at 12:10." in plain(html)
    assert '<form method="post" action="/end">' in html


def test_htmx_writes_no_style_keeps_no_page_in_the_browser_and_runs_no_text_as_code():
    settings = json.loads(re.search(r"name=\"htmx-config\" content='([^']*)'", page()).group(1))
    assert settings["includeIndicatorStyles"] is False
    assert settings["allowEval"] is False
    assert settings["historyCacheSize"] == 0


def test_what_is_not_there_and_what_may_not_be_opened_have_one_page():
    assert NOT_THERE in page()


def test_when_the_trail_cannot_be_written_the_page_says_so_and_shows_nothing():
    html = render_to_string("503.html", AROUND)
    assert "We cannot record that you opened this, so it is not shown. Try again in a minute." in html


def test_the_page_of_a_fault_of_ours_needs_nothing_to_be_drawn():
    assert "Something went wrong" in get_template("500.html").render()


def test_a_message_that_something_was_not_done_is_told_apart_by_its_word():
    class Message:
        level_tag = "error"

        def __str__(self):
            return "Nothing was <b>changed</b>."

    html = page(messages=[Message()])
    assert "Not done Nothing was &lt;b&gt;changed" in plain(html)
    assert 'role="alert"' in html


@pytest.mark.parametrize("shape", Shape)
def test_each_state_has_a_shape_of_its_own_and_its_word_beside_it(shape):
    html = part("state", shape=shape, words="3 days over")
    assert plain(html) == "3 days over"
    assert html.count("<svg") == 1
    assert 'aria-hidden="true"' in html
    others = {part("state", shape=other, words="") for other in Shape if other is not shape}
    assert part("state", shape=shape, words="") not in others


def test_a_state_that_is_not_known_is_drawn_as_one_that_we_cannot_tell():
    assert part("state", shape="", words="x") == part("state", shape="cannot tell", words="x")


def test_a_line_of_today_has_its_sentence_its_sum_its_state_and_what_to_do():
    line = {
        "parts": [
            {"text": "Tansy Millrace", "url": "/c/1"},
            {"text": ", 7 weeks, has had no worker.", "url": None},
        ],
        "new": True,
        "why": "Common practice, AL-01.",
        "state": {"shape": "over", "words": "14 days", "when": "without a worker"},
        "actions": [{"label": "Choose a worker", "about": "for Tansy Millrace", "url": "/c/1/choose"}],
    }
    html = part("today_line", line=line)
    assert plain(html) == (
        "New Tansy Millrace , 7 weeks, has had no worker. Common practice, AL-01. 14 days without a worker "
        "Choose a worker for Tansy Millrace"
    )
    assert '<a href="/c/1">Tansy Millrace</a>' in html


def test_a_row_with_nothing_known_says_so_and_is_not_blank():
    assert plain(part("summary_list", rows=[{"label": "Missing", "words": ""}])) == "Missing not known"
    assert plain(part("summary_list", rows=[{"label": "Missing", "words": 0}])) == "Missing 0"


def test_a_heading_tells_by_which_column_a_list_is_in_order():
    heading = {"label": "Child", "url": "?by=child", "sorted": "ascending", "figure": False}
    assert 'aria-sort="ascending"' in part("sort_heading", heading=heading)
    assert 'aria-sort="none"' in part("sort_heading", heading={**heading, "sorted": ""})


def test_a_long_list_says_which_part_of_it_is_shown_and_keeps_its_filters():
    shown = Paginator(range(240), 20).page(4)
    html = part(
        "pagination",
        page=shown,
        pages=shown.paginator.get_elided_page_range(4),
        query="team=K&",
        noun="children",
    )
    assert "Showing 61 to 80 of 240 children." in plain(html)
    assert 'href="?team=K&amp;page=5"' in html or 'href="?team=K&page=5"' in html
    assert html.count('aria-current="page"') == 1


def test_a_chart_comes_with_its_sentence_and_its_table_and_scrolls_by_itself_where_it_is_wide():
    chart = Chart("<svg></svg>", "Load is 78 %.", ("When", "Load"), (("Now", "78 %"),))
    html = part("chart", chart=chart, label="Load")
    assert "Load is 78 %." in html
    assert '<th scope="row">Now</th><td>78 %</td>' in html
    assert html.count('tabindex="0"') == 1, "the table alone"
    wide = part("chart", chart=Chart("<svg></svg>", "x.", ("a",), (("b",),), wide=True), label="Load")
    assert wide.count('tabindex="0"') == 2


def test_a_form_says_beside_the_field_and_above_it_what_to_mend_and_keeps_what_was_typed():
    form = Decision({"because": "", "by": "ASAP", "plan": "c"})
    html = str(form)
    assert (
        '<p class="govuk-error-message"><span class="govuk-visually-hidden">To mend:</span> Say why.</p>'
        in html
    )
    assert 'value="ASAP"' in html
    assert 'aria-describedby="id_because_helptext id_because_error"' in html
    above = part("error_summary", form=form)
    assert '<a href="#id_because">Because: Say why.</a>' in above
    assert '<a href="#id_by">Next look: Choose a date, such as 27 November 2026.</a>' in above


def test_the_summary_of_errors_leads_to_the_first_choice_of_a_group():
    form = Decision({"because": "x", "by": "27/11/2026"})
    assert 'href="#id_plan_0"' in part("error_summary", form=form)
    assert 'id="id_plan_0"' in str(form)


def test_a_form_without_faults_has_no_summary_of_errors():
    assert part("error_summary", form=Decision()).strip() == ""


def test_a_form_wears_the_classes_of_the_design_system_and_those_it_was_given():
    class Narrow(forms.Form):
        points = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}))
        secret = forms.CharField(widget=forms.HiddenInput)

    html = str(Narrow({"points": "", "secret": "s"}))
    assert 'class="govuk-input govuk-input--width-3 govuk-input--error"' in html
    assert re.search(r'<input type="hidden"(?![^>]*class)', html)
    assert '<label class="govuk-label" for="id_points">Points</label>' in html
    assert 'class="govuk-radios__input" type="radio"' in str(Decision())


def test_several_choices_are_boxes_and_one_choice_is_buttons():
    class Several(forms.Form):
        hand_over = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple, choices=[("a", "Family told"), ("b", "Joint visit")]
        )

    html = str(Several({"hand_over": ["b"]}))
    assert 'class="govuk-checkboxes govuk-checkboxes--small"' in html
    assert html.count('type="checkbox"') == 2
    assert re.search(r'value="b" checked', html)
    assert "govuk-radios" not in html


def test_what_a_person_typed_is_never_taken_for_mark_up():
    html = str(Decision({"because": "<script>", "by": "<b>", "plan": "<i>"}))
    assert "<script>" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    "written", ["3 November 2026", "3 Nov 2026", " 3  november 2026 ", "3/11/2026", "03/11/26", "2026-11-03"]
)
def test_a_date_may_be_written_as_people_write_it_and_the_day_comes_first(written):
    assert DayField().clean(written).isoformat() == "2026-11-03"


@pytest.mark.parametrize("written", ["ASAP", "31 November 2026", "11/30/2026", "next week"])
def test_what_is_no_date_is_asked_for_again(written):
    with pytest.raises(forms.ValidationError, match=r"Choose a date, such as 27 November 2026\."):
        DayField().clean(written)
