"""The town written down in bulk: Parquet for the analytic side, COPY for PostgreSQL. Needs pyarrow."""

from svoi.town.writing.copying import copy_into, create_tables, encoded
from svoi.town.writing.folder import FORMATS, Written, write
from svoi.town.writing.tables import Part, parts

__all__ = ["FORMATS", "Part", "Written", "copy_into", "create_tables", "encoded", "parts", "write"]
