"""Tables -> XLSX, CSV, Parquet: exact, escaped, in the reader's language."""

from supercargo.desk.export.delimited import write_csv
from supercargo.desk.export.parquet import write_parquet
from supercargo.desk.export.table import ColumnSpec, Kind, Properties, Table
from supercargo.desk.export.xlsx import write_xlsx

__all__ = ["ColumnSpec", "Kind", "Properties", "Table", "write_csv", "write_parquet", "write_xlsx"]
