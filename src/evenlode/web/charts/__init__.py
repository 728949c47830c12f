"""Charts as SVG, drawn by the server: each with its sentence and the same figures as a table. No Django here."""

from __future__ import annotations

from evenlode.web.charts.chart import Chart, in_figures, whole_percent
from evenlode.web.charts.compared import Others, Team, comparison_dots, comparison_key, spread_strip
from evenlode.web.charts.load import load_bar, scale_for
from evenlode.web.charts.supervision import Late, supervision_line
from evenlode.web.charts.timeline import timeline, timeline_key
from evenlode.web.charts.timeline_flags import flags_of
from evenlode.web.charts.timeline_lanes import Flag
from evenlode.web.charts.trend import Point, small_trend
from evenlode.web.charts.weeks import Weeks, weeks_heatmap

__all__ = [
    "Chart",
    "Flag",
    "Late",
    "Others",
    "Point",
    "Team",
    "Weeks",
    "comparison_dots",
    "comparison_key",
    "flags_of",
    "in_figures",
    "load_bar",
    "scale_for",
    "small_trend",
    "spread_strip",
    "supervision_line",
    "timeline",
    "timeline_key",
    "weeks_heatmap",
    "whole_percent",
]
