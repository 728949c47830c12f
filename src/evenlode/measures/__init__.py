"""Workforce, timeliness and stability measures: for a council, its services and its teams.

What may enter: the position of a day, the record, published figures.  What may leave: rows with a
numerator, a denominator, a value or a reason why there is none, and what the figure does not tell.
"""
