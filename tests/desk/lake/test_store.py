"""The lake on disk: whole or not at all, by watermark, no file written that did not change."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from datetime import date

import polars as pl
import pytest

from supercargo.desk.lake import Lake
from supercargo.desk.lake import store as stores
from supercargo.desk.lake.store import periods
from supercargo.engines.accounting.profit.lines import profit_lines
from supercargo.kernel.finding import Refused


def lines(*days, channel="amazon-de", amount=100):
    rows = [
        {"order_on": day, "posted_on": day, "channel": channel, "kind": "sale_goods", "currency": "EUR", "amount_minor": amount, "estimated": False, "record_id": number}
        for number, day in enumerate(days)
    ]  # fmt: skip
    return profit_lines(pl.DataFrame(rows, schema_overrides={"order_on": pl.Date, "posted_on": pl.Date}))


JANUARY, MARCH, NEXT = date(2024, 1, 31), date(2024, 3, 1), date(2025, 1, 1)


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "profit_line")


def fill(lake, table, shape="a", channel="amazon-de"):
    with lake.write(shape) as writing:
        writing.put(channel, table)
    return lake.manifest()


def fill_half(lake):
    with lake.write("a") as writing:
        writing.put("amazon-de", lines(MARCH, MARCH))
        raise RuntimeError("in the middle")


def held(lake):
    state = lake.manifest()
    return lake.scan(state, state.parts).collect()


def test_what_was_written_is_read_back(lake):
    table = lines(JANUARY, MARCH, NEXT)
    fill(lake, table)
    assert held(lake).equals(table)


def test_a_small_year_is_one_file_and_a_large_one_a_file_a_month(monkeypatch):
    assert [name for name, _ in periods(lines(JANUARY, MARCH, NEXT))] == ["2024", "2025"]
    monkeypatch.setattr(stores, "LINES_OF_A_YEAR", 1)
    assert [name for name, _ in periods(lines(NEXT, MARCH, JANUARY))] == ["2024-01", "2024-03", "2025"]


def test_lines_without_a_day_are_kept_in_a_file_of_their_own(lake):
    fill(lake, lines(None, JANUARY))
    assert [part.period for part in lake.manifest().parts] == ["2024", "undated"]
    assert held(lake).height == 2


def test_a_large_month_is_cut_into_several_files(lake, monkeypatch):
    monkeypatch.setattr(stores, "LINES_OF_A_FILE", 2)
    assert [part.lines for part in fill(lake, lines(*[JANUARY] * 5)).parts] == [2, 2, 1]
    assert held(lake).height == 5


def test_the_manifest_knows_days_currencies_and_the_largest_amount(lake):
    part = fill(lake, lines(JANUARY, MARCH, amount=-700)).parts[0]
    assert (part.lines, part.largest, part.currencies, part.first_order_on, part.last_posted_on) == (2, 700, ("EUR",), JANUARY, MARCH)


def test_a_file_that_would_be_the_same_is_not_written_again(lake):
    first = fill(lake, lines(JANUARY, NEXT))
    second = fill(lake, lines(JANUARY, NEXT, NEXT))
    assert second.generation == first.generation + 1
    assert first.parts[0].path == second.parts[0].path
    assert first.parts[1].path != second.parts[1].path


def test_readers_of_a_state_can_go_on_through_the_next_two_writes(lake):
    first = fill(lake, lines(JANUARY))
    fill(lake, lines(MARCH))
    assert lake.scan(first, first.parts).collect().height == 1
    fill(lake, lines(NEXT))
    assert lake.scan(first, first.parts).collect().height == 1
    fill(lake, lines(JANUARY, MARCH))
    with pytest.raises(Refused) as refusal:
        lake.scan(first, first.parts)
    assert refusal.value.findings[0].code == "LAKE-003"
    assert len(list(lake.folder.glob("*/*.parquet"))) == 3


def test_a_write_that_fails_leaves_the_old_lake(lake):
    fill(lake, lines(JANUARY))
    with pytest.raises(RuntimeError, match="in the middle"):
        fill_half(lake)
    assert held(lake).equals(lines(JANUARY))


def test_a_write_that_is_killed_leaves_the_old_lake_and_the_next_one_cleans_up(lake):
    fill(lake, lines(JANUARY))
    program = textwrap.dedent(f"""
        import os, signal, polars as pl
        from pathlib import Path
        from supercargo.desk.lake import Lake
        lake = Lake(Path({str(lake.folder)!r}))
        state = lake.manifest()
        table = lake.scan(state, state.parts).collect()
        with lake.write("a") as writing:
            writing.put("amazon-de", pl.concat([table] * 3))
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    done = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == -signal.SIGKILL
    assert held(lake).equals(lines(JANUARY))
    assert len(list(lake.folder.glob("*/*.parquet"))) == 2
    fill(lake, lines(JANUARY))
    assert len(list(lake.folder.glob("*/*.parquet"))) == 1


def test_two_writes_at_a_time_are_refused(lake):
    with lake.write("a"), pytest.raises(Refused) as refusal:
        fill(lake, lines(JANUARY))
    assert refusal.value.findings[0].code == "LAKE-004"


def test_a_lake_that_was_never_written_says_so(lake):
    with pytest.raises(Refused) as refusal:
        held(lake)
    assert refusal.value.findings[0].code == "LAKE-001"


@pytest.mark.parametrize("path", ["../../elsewhere.parquet", "/etc/elsewhere.parquet", "a\\..\\..\\b.parquet"])
def test_a_manifest_that_points_out_of_the_lake_is_refused(lake, path):
    fill(lake, lines(JANUARY))
    file = lake.folder / "manifest.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["parts"][0]["path"] = path
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        lake.manifest()
    assert refusal.value.findings[0].code == "LAKE-002"


def test_a_damaged_manifest_is_refused(lake):
    fill(lake, lines(JANUARY))
    (lake.folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        lake.manifest()
    assert refusal.value.findings[0].code == "LAKE-002"


@pytest.mark.parametrize("channel", ["../out", "a/b", "亚马逊", "CON", "", "."])
def test_a_channel_of_any_name_stays_inside_the_lake(lake, channel):
    fill(lake, lines(JANUARY, channel=channel), channel=channel)
    assert all(lake.folder in file.resolve().parents for file in lake.folder.rglob("*.parquet"))
    assert held(lake).height == 1
    assert lake.manifest().parts[0].channel == channel
