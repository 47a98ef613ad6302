"""The world's own tables: characters, places, names, goods, platforms and evasions.

They are written for the generator alone. Neither the detector nor `vocabulary.script` reads them, and the
generator reads none of theirs, so a detector cannot score well merely by sharing a table with its examiner.
"""
