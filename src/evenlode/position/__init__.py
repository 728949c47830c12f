"""Where every child and worker stands on a given day: what all rules share, worked out once.

What may enter: the record's tables, a policy and an as-at date.  What may leave: named tables such
as `open_child`, `lead` and `cp_plan_open`, as expressions that run on any engine.
"""
