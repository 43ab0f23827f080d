"""``python -m supercargo``: the same as the command ``supercargo``."""

import sys

from supercargo.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
