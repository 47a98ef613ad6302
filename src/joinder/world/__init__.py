"""A synthetic market with known truth, and the sample marketplace web site that it renders.

`make` writes a world: operators open shops under evasive names, list goods under marks of others, rotate phones, hide
behind logistics firms and straw men, are taken down and open again; honest, authorised and look-alike sellers trade
beside them. What is shown goes into the record files, what is true into `truth/`. Everything is invented, everything
follows from the seed, and the tables of evasions are the generator's own, so a detector that does well here has not
read the answers. Worlds with seeds below 100 are for development; those from 100 on are kept for evaluation.
`serve.running` (and `joinder world serve`) shows a world as a market place over TLS.
"""

from __future__ import annotations

from joinder.world.knobs import SCALES, Knobs
from joinder.world.making import World, make, read_world

__all__ = ["SCALES", "Knobs", "World", "make", "read_world"]
