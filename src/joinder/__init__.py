"""Joinder 合证: from a listing to a case that stands.

The rooms, in the order in which data flows: pools → detect → resolve → evidence → law → office. ``vocabulary``
holds the words all rooms share, ``engine`` computes tables, ``world`` makes a synthetic market with known truth.
"""

__version__ = "0.1.0"
