"""Files of others into the book: recognised, mapped, proved, saved; one sentence for each file that is not."""

from supercargo.desk.importing.receipt import FileReceipt, Options
from supercargo.desk.importing.run import import_files

__all__ = ["FileReceipt", "Options", "import_files"]
