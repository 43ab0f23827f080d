"""A mapping as a file: written, read back the same, and refused with every fault named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supercargo.connectors.tables import Condition, Mapping, Rule, load, save
from supercargo.connectors.tables.mapping import columns_of
from supercargo.kernel.finding import Refused

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NAME = TEXT.filter(bool)
COLUMNS = [
    name
    for name in columns_of("order_line")
    if name not in ("currency", "status") and not name.endswith(("_minor", "_on", "_at", "country"))
]
TEXT_COLUMNS = ["order_ref", "line_ref", "sku", "title", "listing_ref", "channel", "fulfilled_by"]
CONDITIONS = st.builds(
    Condition,
    NAME,
    NAME,
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
)
RULES = st.builds(
    Rule,
    st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple),
    st.sampled_from(["skip", "fault", "set"]),
    st.sampled_from(["adjustment", "test", "other"]),
    TEXT,
    st.dictionaries(st.sampled_from(TEXT_COLUMNS), TEXT, max_size=2).map(lambda found: tuple(found.items())),
)
MAPPINGS = st.builds(
    Mapping,
    st.just("order_line"),
    st.dictionaries(st.sampled_from(COLUMNS), NAME, min_size=1),
    TEXT,
    st.dictionaries(st.sampled_from(TEXT_COLUMNS), TEXT),
    st.lists(st.sampled_from(COLUMNS), max_size=2, unique=True).map(tuple),
    st.sampled_from(["", ".", ","]),
    st.sampled_from(["", "dmy", "mdy", "ymd"]),
    TEXT,
    TEXT,
    st.just(("goods_minor",)) | st.just(()),
    st.dictionaries(st.sampled_from(TEXT_COLUMNS), st.dictionaries(TEXT, TEXT, max_size=3), max_size=2),
    st.lists(RULES, max_size=3).map(tuple),
    TEXT,
)


@given(mapping=MAPPINGS)
def test_what_is_saved_is_loaded_again(mapping):
    assert load(save(mapping)) == mapping


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[3] / "examples" / "mappings").glob("*.toml")), ids=lambda file: file.stem)
def test_the_examples_load(file):
    mapping = load(file.read_text("utf-8"))
    assert load(save(mapping)) == mapping


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("noun = ", ["MAP-001"]),
        ('noun = "order_line"', ["MAP-004"]),
        ('noun = "order"\n[columns]\nsku = "x"', ["MAP-003"]),
        ('noun = "order_line"\ncolour = "x"\n[columns]\nskew = "x"', ["MAP-002"]),
        ('noun = "order_line"\n[columns]\nskew = "x"\nweight = "y"', ["MAP-003", "MAP-003"]),
        ('noun = "order_line"\n[columns]\nsku = 5', ["MAP-004"]),
        ('noun = "order_line"\n[columns]\nsku = "x"\n[constants]\ncurrency = "Taler"\nship_country = "Germany"\nstatus = "gone"', ["MAP-004"] * 3),
        ('noun = "order_line"\n[columns]\nsku = "x"\n[constants]\nquantity = "two"\nordered_on = "2026-02"\nis_business = "perhaps"', ["MAP-004"] * 3),
        ('noun = "money_line"\n[columns]\nkind = "x"\n[words.kind]\nFee = "fee"', ["MAP-004"]),
        ('noun = "order_line"\n[columns]\nsku = "x"\n[reading]\ndecimal = "dot"', ["MAP-004"]),
        ('noun = "order_line"\n[columns]\nsku = "x"\n[[rules]]\nwhen = [{ column = "a" }]\nthen = "skip"', ["MAP-004"]),
        ('noun = "order_line"\n[columns]\nsku = "x"\n[[rules]]\nwhen = [{ column = "a", begins = "C" }]\nthen = "drop"', ["MAP-004"]),
        ('noun = "order_line"\n[columns]\nsku = "x"\n[[rules]]\nwhen = [{ column = "a", zero = true }]\nthen = "set"\nset = { total_to = "refunded_minor" }', ["MAP-004"]),
    ],
)  # fmt: skip
def test_a_faulty_mapping_is_refused_with_every_fault(text, codes):
    with pytest.raises(Refused) as refused:
        load(text)
    assert [finding.code for finding in refused.value.findings] == codes
