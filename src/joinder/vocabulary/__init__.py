"""The words all rooms share.

Record kinds as typed schemas (``kinds``), the name of a record (``refs``), identifiers of the trade
(``identifiers``), money in minor units (``money``), moments in UTC (``moments``), tagged digests (``digests``),
where a node lives on disk (``node``), how long work reports its progress (``progress``), what an error must say
(``errors``), and the tables of writing (``script``). Nothing here opens a network, a database or a clock that was
not handed to it, except ``moments.utc_now``.
"""
