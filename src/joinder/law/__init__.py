"""Law as dated, sourced, testable data: rule packs and the pure functions that apply them.

Policy: no period, sum, field or article number is written in code; each is one record of a YAML pack with its source,
the dates between which it applied, and how well it was checked (``primary`` read word for word, ``secondary`` read in
another text, ``unverified`` general knowledge that a practitioner must confirm). What comes out is never a bare answer:
a date carries the steps that gave it, a finding carries the rule and an example, a sum carries every row used and left
out. Where the answer cannot be known (a year without a holiday notice, a file that cannot be read) the room refuses and
says what would mend it. Texts in packs are our own short summaries in Chinese and English, not the official wording.

Public: ``packs.load`` (rule book on a date), ``clocks.due`` (when and why), ``notices.check`` (what is missing),
``elements.matrix`` (what must be proven), ``amounts.assess`` (turnover as bounds, distance to each threshold),
``calendars.load`` (working days).
"""
