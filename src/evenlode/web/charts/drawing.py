"""Shapes and text of a drawing: plain SVG elements with their colours as attributes, never a style.

Every word and every attribute goes through here and is escaped, so that no name and no free text of a
record can become mark-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

INK = "#0B0C0C"
SOFT = "#484949"
WHITE = "#FFFFFF"
GRID = "#DFE2E4"
AXIS = "#505A5F"
BAND = "#F4F8FB"
BLUE = "#12436D"
BLUE_TINT = "#D5E1EC"
OVER = "#801650"
OVER_TINT = "#F6E8EF"
NEAR = "#8A3A06"
NEAR_SHAPE = "#F46A25"
NEAR_TINT = "#FCD9C6"
TEAL = "#28A197"
TEAL_DARK = "#17756C"
TEAL_TINT = "#D3ECE9"
IN_TIME = "#0B5C50"

SIZE = 16
"""The size of all text."""
TYPE = "Arial, Liberation Sans, Helvetica, sans-serif"
NARROW, BROAD = frozenset("iljtfr.,:;'!|()[] \u00a0I1"), frozenset("mwMW%@")


def element(name: str, *inside: str, **attributes: object) -> str:
    """One element.  inside: elements already made; attributes: by name, a dash written as an underscore; None is left out."""
    told = "".join(
        f" {key.strip('_').replace('_', '-')}={quoteattr(_short(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def words(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str | None = None,
    bold: bool = False,
    fill: str | None = None,
    size: int | None = None,
) -> str:
    """Text at a place.  anchor: "middle" or "end" where the place is not its beginning."""
    return element(
        "text",
        escape(text),
        x=float(x),
        y=float(y),
        text_anchor=anchor,
        font_weight="bold" if bold else None,
        fill=fill,
        font_size=size,
    )


def picture(width: int, height: int, sentence: str, how: str, *parts: str) -> str:
    """A whole drawing.  sentence: its name; how: how it is to be read, for who cannot see it."""
    return element(
        "svg",
        element("title", escape(sentence)),
        element("desc", escape(how)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        font_family=TYPE,
        font_size=SIZE,
        fill=INK,
    )


def how_wide(text: str, *, bold: bool = False) -> float:
    """About how wide a text is: enough to see whether it fits."""
    em = sum(0.3 if c in NARROW else 0.88 if c in BROAD else 0.69 if c.isupper() else 0.56 for c in text)
    return em * SIZE * (1.07 if bold else 1.0)


def cut(text: str, room: float, *, bold: bool = False) -> str:
    """A text that fits: whole, or its beginning with three dots."""
    if how_wide(text, bold=bold) <= room:
        return text
    while text and how_wide(f"{text.rstrip()}…", bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    stroke: str = AXIS,
    width: float = 1.0,
    dash: str | None = None,
) -> str:
    """A straight line."""
    return element(
        "line",
        x1=float(x1),
        y1=float(y1),
        x2=float(x2),
        y2=float(y2),
        stroke=stroke,
        stroke_width=float(width),
        stroke_dasharray=dash,
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    stroke: str | None = None,
    dash: str | None = None,
) -> str:
    """A rectangle."""
    return element(
        "rect",
        x=float(x),
        y=float(y),
        width=float(max(width, 0)),
        height=float(height),
        fill=fill,
        stroke=stroke,
        stroke_dasharray=dash,
    )


def hatched(x: float, y: float, width: float, height: float) -> str:
    """A stretch past due, or with nobody: a pale ground with slanted lines, so that it does not rest on colour."""
    width = max(width, 1.0)
    slants = " ".join(_slants(x, y, width, height))
    return box(x, y, width, height, OVER_TINT, OVER) + (
        element("path", d=slants, stroke=OVER, stroke_width=1, fill="none") if slants else ""
    )


def _slants(x: float, y: float, width: float, height: float, apart: int = 6) -> Iterator[str]:
    """Lines that rise to the right, each cut where it leaves the box."""
    for start in range(-int(height), int(width) + 1, apart):
        x1, x2 = max(start, 0), min(start + height, width)
        if x2 > x1:
            yield f"M{x + x1:.1f} {y + height - (x1 - start):.1f}L{x + x2:.1f} {y + height - (x2 - start):.1f}"


def dot(x: float, y: float, radius: float = 6, fill: str = BLUE, stroke: str | None = None) -> str:
    """A filled circle."""
    return element("circle", cx=float(x), cy=float(y), r=float(radius), fill=fill, stroke=stroke)


def ring(x: float, y: float, radius: float = 5.5) -> str:
    """An open circle."""
    return element(
        "circle", cx=float(x), cy=float(y), r=float(radius), fill=WHITE, stroke=BLUE, stroke_width=2.2
    )


def cross(x: float, y: float, arm: float = 4.5) -> str:
    """A cross."""
    path = f"M{x - arm:.1f} {y - arm:.1f}L{x + arm:.1f} {y + arm:.1f}M{x - arm:.1f} {y + arm:.1f}L{x + arm:.1f} {y - arm:.1f}"
    return element("path", d=path, stroke=OVER, stroke_width=2.4, fill="none")


def diamond(x: float, y: float, arm: float = 7, fill: str = WHITE, stroke: str = OVER) -> str:
    """A diamond."""
    path = f"M{x:.1f} {y - arm:.1f}L{x + arm:.1f} {y:.1f}L{x:.1f} {y + arm:.1f}L{x - arm:.1f} {y:.1f}Z"
    return element("path", d=path, fill=fill, stroke=stroke, stroke_width=2)


def square(x: float, y: float, side: float = 11, fill: str = BLUE, stroke: str | None = None) -> str:
    """A filled square around a place."""
    return box(x - side / 2, y - side / 2, side, side, fill, stroke)


def unknown(x: float, y: float, side: float = 11) -> str:
    """A dashed square: we cannot tell."""
    return box(x - side / 2, y - side / 2, side, side, WHITE, SOFT, "2.5 1.6")


def tick(x: float, y: float) -> str:
    """A tick."""
    path = f"M{x - 5:.1f} {y:.1f}L{x - 1.5:.1f} {y + 4:.1f}L{x + 5:.1f} {y - 5:.1f}"
    return element("path", d=path, stroke=IN_TIME, stroke_width=2.4, fill="none")


def numbered(x: float, y: float, number: int) -> str:
    """A black disc with a number: the finding of that number."""
    return dot(x, y, 10, INK) + words(
        x, y + 4.5, str(number), anchor="middle", bold=True, fill=WHITE, size=13
    )


def symbol(shape: str) -> str:
    """One shape by itself, for a key; its words stand beside it."""
    return element(
        "svg", shape, viewBox="0 0 28 20", width=28, height=20, aria_hidden="true", focusable="false"
    )
