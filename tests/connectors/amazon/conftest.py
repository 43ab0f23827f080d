"""Golden files of Amazon's reports, typed by hand from the published lists of columns."""

from pathlib import Path

import pytest

from supercargo.connectors.amazon.formats import FORMATS
from supercargo.connectors.raw.formats import Context
from supercargo.connectors.raw.reading import read_content, read_file

GOLDEN = Path(__file__).parent / "golden"
BY_KEY = {form.key: form for form in FORMATS}


@pytest.fixture
def golden():
    """Give a golden file as bytes."""
    return lambda name: (GOLDEN / name).read_bytes()


@pytest.fixture
def map_golden():
    """Map a golden file by a format's key."""

    def mapped(key, name, known=None, **context):
        return BY_KEY[key].map(read_file(GOLDEN / name, known), Context(**context))

    return mapped


@pytest.fixture
def map_bytes():
    """Map bytes by a format's key."""

    def mapped(key, content, known=None, **context):
        return BY_KEY[key].map(read_content(content, "file", known), Context(**context))

    return mapped


@pytest.fixture
def codes_of():
    """Give the codes of the findings."""
    return lambda mapped: [finding.code for finding in mapped.findings]
