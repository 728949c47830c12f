"""The Department for Education's published figures, read from files that a council has fetched.

What may enter: a folder of the Department's CSV files.  What may leave: figures, each with its year,
its area, the mark where it was held back, and the file and vintage it came from.  None of that data
is shipped with Evenlode.
"""

from evenlode.published.figures import Figure, Share, shares, total
from evenlode.published.layouts import INDICATORS, LAYOUTS, MARKS, Indicator, Layout
from evenlode.published.reading import Published, read_published

__all__ = [
    "INDICATORS",
    "LAYOUTS",
    "MARKS",
    "Figure",
    "Indicator",
    "Layout",
    "Published",
    "Share",
    "read_published",
    "shares",
    "total",
]
