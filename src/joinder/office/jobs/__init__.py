"""The queue: what takes long or belongs to another organisation is a job.

Policy: running is at least once, acceptance is exactly once. A job is claimed under a lease with a fencing number; only
the holder of the current number may write its result, and the result and its effects land in one transaction. A job is
asked with an idempotency key: the same key with the same body is the same job, with another body a conflict. What has
effects outside is never retried by itself. Public: ``services`` (enqueue, claim, beat, finish, fail, cancel, …),
``registry.handler``, ``worker.run_until_idle``, ``worker.run_forever``.
"""
