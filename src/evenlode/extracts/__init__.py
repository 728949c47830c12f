"""Reading what councils' systems export: which table a file holds, and every row of it accounted for."""

from __future__ import annotations

from evenlode.extracts.mapping import Mapping, default_mapping, default_mapping_text, load_mapping
from evenlode.extracts.progress import Progress
from evenlode.extracts.reading import read_extracts

__all__ = ["Mapping", "Progress", "default_mapping", "default_mapping_text", "load_mapping", "read_extracts"]
