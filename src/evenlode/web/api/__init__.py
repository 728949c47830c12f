"""The read-only JSON service for other programs: the same rows, the same decisions and the same trail as the pages."""
