"""Where the real tariff files lie; tests on them are skipped where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def _real(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the real tariff file is not here: {path}")
    return path


@pytest.fixture(scope="session")
def hts_file() -> Path:
    return _real("us_hts/htsdata_2024.csv.gz")


@pytest.fixture(scope="session")
def uk_file() -> Path:
    return _real("uk_global_tariff/global-uk-tariff.csv.gz")


@pytest.fixture(scope="session")
def hs_file() -> Path:
    return _real("harmonized_system/harmonized-system.csv.gz")
