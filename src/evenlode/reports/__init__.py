"""What is handed over as a file: findings, workloads, load reports, totals.

What may enter: an evaluation and the load report.  What may leave: whole files, never half of one.
"""
