"""Capabilities: everything one organisation can do for another, described once, asked as a job.

Policy: a capability is a pool (answers questions over data that stays put), a tool (computes), a service (people
answer) or an action (acts outside, needs approval). Its descriptor says what goes in and comes out, who may ask, on
which legal basis, how fine the answer may be and how often. The decision (permit, deny or ask) is a pure function,
shown before submitting and stored with the job by its digest; default deny; nobody approves their own request. Public:
``services.publish``, ``services.call``, ``policy.decide``, ``descriptor.parse``.
"""
