"""Subjects: the entities that resolution finds behind virtual subjects, and what people decide about each link.

A link (account → entity) is *suspected* until a person decides: confirmed, disputed, or retracted (unlinked). Decisions
are judgements: appended with who, in which capacity and why; retired, never erased; undone at any time. They constrain
the next resolution. A subject keeps its reference over re-runs, and what it was on a past day can be asked. Subjects
belong to the organisation that resolved them; a link whose data come from a pool that the reader may not know of is
withheld and counted.
"""
