"""Findings of the sample council, worked out on paper from the raw rows and the words of the findings contract."""
