"""Doubts about the data: what in the record cannot be right, what it spoils, and who can mend it.

What may enter: a day's position, the record's tables, the account of the reading, a policy.
What may leave: each doubt counted (how many of how many), its rows by id, coverage by month and team.
"""
