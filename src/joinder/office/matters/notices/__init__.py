"""The notice and its counter-statement: one reference for all sides, one table of transitions, one clock.

Law: E-Commerce Law 42 and 43. The right holder sends; the platform accepts or refuses with reasons and how to mend,
takes measures, and forwards to the seller; the seller may declare that there is no infringement; the platform forwards
that; its receipt by the right holder starts fifteen days, at the end of which the platform ends the measures unless the
right holder told it that he complained or sued. Public: ``services``, ``selectors``, ``transitions``.
"""
