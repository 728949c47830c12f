"""Formats whose rows do not stand for one table each: every list, file or element, and what it fills."""
