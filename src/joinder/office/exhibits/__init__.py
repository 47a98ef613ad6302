"""Exhibits: sealed evidence packages, who has handled them, and whether they are intact.

An exhibit is a fact: it is received once, verified before it is kept, and never changed afterwards. What happens to it
later (verified again, downloaded, shown to another organisation) is a custody event beside it. Verification is always
the single-file verifier in a process of its own. Services: ``ask_capture``, ``receive_package``, ``verify_again``,
``show_to``, ``note_download``.
"""
