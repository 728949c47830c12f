"""Reads a drawing back: its texts and shapes, as a browser would find them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def drawing(chart):
    """The drawing as a tree; this fails where it is not well-formed."""
    return ET.fromstring(chart.svg)  # noqa: S314 - our own drawing


def texts(chart):
    """Every text that stands in the drawing."""
    return ["".join(node.itertext()) for node in drawing(chart).iter(f"{SVG}text")]


def shapes(chart, name):
    """The attributes of every shape of a name."""
    return [node.attrib for node in drawing(chart).iter(f"{SVG}{name}")]
