"""Where rows come from: CSV and TSV, JSON and JSONL, Parquet, and folders of WHOIS answers.

A source streams ``RawBatch``es of rows as they stand in the file, tells a row it cannot read instead of stopping,
and knows the number of each row. What the rows mean is the mapping's business, not the source's.
"""

from joinder.pools.sources.base import Fault, RawBatch, Source, SourceOptions
from joinder.pools.sources.opening import FORMATS, format_of, open_source

__all__ = ["FORMATS", "Fault", "RawBatch", "Source", "SourceOptions", "format_of", "open_source"]
