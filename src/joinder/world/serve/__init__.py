"""The sample marketplace: a world rendered as a web site over TLS that a browser can walk.

It only listens. Pages are those of a shop window: listings whose price comes by script, pictures that load when
scrolled to, comments that load page by page, licences in a frame, a redirect with two cookies. Every response is
logged with the digests of its header block and body, as ground truth for recorders. `running` serves a world within a
`with` block (tests, the demo); `site.serve_forever` is what the command line uses.
"""

from __future__ import annotations

from joinder.world.serve.site import Site, running

__all__ = ["Site", "running"]
