"""Federation: peer nodes, signed activities, guarded look-up, air-gap bundles. Not there yet.

This room keeps its place in the order of the office so that the import rule already names it. It holds no page, no
address and no model until nodes can really ask one another; a job to another organisation of the *same* node goes
through ``capabilities``.
"""
