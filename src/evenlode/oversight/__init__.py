"""What the morning page says, as data and sentences, so that pages only draw it.

Nothing is found here that the rules did not find: findings are put into words, gathered by family,
set in a declared order, compared with the day before, and counted so that none is lost.
"""
