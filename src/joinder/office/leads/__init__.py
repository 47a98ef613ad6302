"""Suspicions to triage, and what people decided about them.

Policy: a lead belongs to the organisation that screened; nobody else sees it. The machine's reasons stay with the lead
as they were; a person's verdict is appended with grounds, capacity and time, and is taken back by an appended
reversal. Who decides on an outdated view is refused, so no verdict is lost by another. Reading never decides. Public:
``services`` (start_screening, import_suspicions, judge, undo, put_later, attach_to_matter), ``selectors`` (queue,
history), ``Lead.objects.visible_to(actor)``.
"""
