"""Data pools and what is done with them: whose they are, why they may be used, and how they answer.

Policy: a pool stays its owner's. Others see that it exists only where its audience lets them, and get answers (yes or
no, or a count) for a purpose that the pool allows and on a stated legal basis; each answer is in the ledger. Taking a
file in is a job: the file is uploaded, a mapping is proposed, a person corrects it, and the job writes the node's
lake, where nothing is lost and a bad row is told.

Public: ``services`` (register_pool, change_pool, receive_file, start_intake, note_intake, ask), ``selectors``.
"""
