"""Evenlode: reads a council's own extracts and says, rule by rule, who needs somebody today, and why."""

__version__ = "0.1.0"
