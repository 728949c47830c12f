"""How much each worker holds, weighed by the council's tariff, against what they have room for.

What may enter: the position of the day and the policy's tariff.  What may leave: the `load` table,
one row a worker, and the sum behind each figure.
"""
