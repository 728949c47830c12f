"""The rule book: every rule declared once, with what it asks, who says so, and how it is worked out.

What may enter: the position of the day and each worker's load.  What may leave: findings.
"""
