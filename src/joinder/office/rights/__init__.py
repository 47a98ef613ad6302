"""Rights: marks, designs, works, patents and indications, with what one must know to protect them.

Policy: what a register publishes may be seen by every member but a respondent. Usual prices are for the authorities,
appraisers and the holder; authorised sellers also for platforms, who must not remove them; notes on how to tell
genuine from fake are for those the note names, because sellers of fakes would learn from them.

Public: ``services`` (import_rights, ask_import, add_note, retire_note, authorise_seller, end_authorisation),
``selectors`` (right_of, sellers_of, notes_of).
"""
