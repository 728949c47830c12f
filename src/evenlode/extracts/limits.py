"""How large what is handed over may be, so that no file can fill the memory or the disk."""

from __future__ import annotations

MAX_FILES = 5_000
"""Files in one folder or archive."""
MAX_SHEETS = 250
"""Sheets in one workbook."""
MAX_CELLS = 16_000_000
"""Cells of one sheet, blank ones between the first and the last included."""
MAX_SHEET_COLUMNS = 702
"""Columns of one sheet (A to ZZ); the widest table known has 24."""
MAX_UNPACKED = 8 * 1024**3
"""Bytes of everything in one archive once unpacked."""
MAX_WORKBOOK = 1024**3
"""Bytes of one workbook once unpacked."""
MAX_FILE = 4 * 1024**3
"""Bytes of one file."""
RATIO_FROM = 64 * 1024**2
"""An archive may unpack to this many bytes whatever its own size."""
MAX_RATIO = 150
"""Beyond that, bytes unpacked for each byte packed; tables of text pack some ten to thirty times."""
MAX_ID = 255
"""Characters of an id; case systems allow 48."""
MAX_QUOTED_LINES = 1_000
"""Lines that one quoted cell may run over before the quote is taken for a stray one."""
LINES_EACH = 1_000
"""Notes of one kind in one column of one file are listed row by row up to this many, then counted."""
MAX_MAPPING = 1024**2
"""Bytes of a council's mapping file."""
MAX_XML_DEPTH = 100
"""Elements of an XML file in one another; a census needs eight."""
MAX_XML_TEXT = 2 * 1024**2
"""Letters of one text in an XML file."""
MAX_XML_TOKEN = 2 * 1024**2
"""Bytes of one element's own tag, or of one remark, in an XML file."""
MAX_XML_KINDS = 50
"""Kinds of unknown element that are named one by one."""
MAX_JSON = 256 * 1024**2
"""Bytes of one JSON file; a payload of a hundred children has less than one million."""
MAX_JSON_TEXT = 10_000
"""Letters of one text in a JSON file."""
