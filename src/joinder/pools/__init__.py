"""Taking data in: sources, mappings, intake checks, rejects, lineage, the Parquet lake.

Policy: a bad row never stops the good ones and never vanishes: it is rejected, or kept without the value that could
not be read, and told with its row, field, value, reason and how to mend it. Intake is idempotent by content: the
same file again changes nothing, a changed record becomes a new version beside the old one. A pool holds what its
manifest lists, and the manifest is replaced in one step, so a killed intake or a full disk leaves the pool as it
was, and running it again goes on where it stopped.

Public: ``open_records`` (read typed tables from a file or a pool), ``intake`` (write the lake), ``propose_mapping``
and ``load_mapping`` (how columns become fields), ``read_table`` and ``write_rows`` (any table).
"""

from joinder.pools.asking import count_where
from joinder.pools.errors import DiskFull, LakeError, MappingError, PoolBusy, PoolMissing, SourceError
from joinder.pools.intake import IntakeReport, intake
from joinder.pools.mapping import Mapping
from joinder.pools.mappingfile import kept_mappings, load_mapping, parse_mapping
from joinder.pools.propose import Proposal, propose_mapping
from joinder.pools.records import Records, open_records, records_schema
from joinder.pools.summary import PoolSummary, read_rejects, summarise, summarise_kind, versions_of
from joinder.pools.tables import read_table, write_rows

__all__ = [
    "DiskFull",
    "IntakeReport",
    "LakeError",
    "Mapping",
    "MappingError",
    "PoolBusy",
    "PoolMissing",
    "PoolSummary",
    "Proposal",
    "Records",
    "SourceError",
    "count_where",
    "intake",
    "kept_mappings",
    "load_mapping",
    "open_records",
    "parse_mapping",
    "propose_mapping",
    "read_rejects",
    "read_table",
    "records_schema",
    "summarise",
    "summarise_kind",
    "versions_of",
    "write_rows",
]
