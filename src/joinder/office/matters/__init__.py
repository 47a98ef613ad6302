"""Matters: cases and notices, their parties, facts, proof matrix, clocks, tasks and history.

Policy: a matter belongs to the unit that handles it; other organisations see it only in a role that is given sight of
the file, and the sides of a notice see the notice, never the file. Facts are single assertions; what they prove is
arranged by ``law.elements`` and decided by a person. A notice moves along one table of transitions, each step by the
member of the side whose step it is, each written to the ledger and visible to every side. Every time limit comes from a
rule and keeps its explanation. Public: ``services`` (open_matter, add_fact, add_task, move_matter, …),
``notices.services`` (draft_notice, submit_notice, … end_measures), ``clocks``, ``selectors``.
"""
