"""The ledger: every sign-in, decision, read, claim and release, as leaves of the node's transparency log.

Policy: an entry is written in the same transaction as the act it records, so that neither exists without the other; it
is put into the log after the commit, in order, exactly once. The log knows actors by opaque id only and the detail by
its digest, so that a person can be forgotten without breaking a proof. Public: ``services.record``,
``services.record_read``, ``services.sequence``, ``verifying.verify``.
"""
