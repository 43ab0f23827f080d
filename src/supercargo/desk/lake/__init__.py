"""The lake: Parquet files written from the book by watermark, for everything that reads many lines and writes none."""

from supercargo.desk.lake.manifest import Manifest, Part
from supercargo.desk.lake.store import Lake

__all__ = ["Lake", "Manifest", "Part"]
