"""A company's folder: made once, found from below, its secrets kept."""

from __future__ import annotations

import stat

import pytest
from django.core.management import call_command
from django.db import connection

from supercargo.book import configure
from supercargo.book.models import AuditEntry
from supercargo.book.place import Place
from supercargo.kernel.finding import Refused


def code(call, *arguments, **options):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **options)
    return refusal.value.findings[0]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.delenv("SUPERCARGO_BOOK", raising=False)
    return Place.create(tmp_path / "公司 company", home="CN", base_currency="CNY")


def test_the_folder_is_for_its_owner_alone(place):
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.folder.iterdir() if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.folder.iterdir() if path.is_dir()} == {0o700}


def test_it_is_found_from_a_folder_below_and_by_the_environment(place, tmp_path, monkeypatch):
    assert Place.find(place.folder / "mappings") == place
    monkeypatch.chdir(place.lake)
    assert Place.find() == place
    monkeypatch.chdir(tmp_path)
    assert code(Place.find).code == "BOOK-404"
    monkeypatch.setenv("SUPERCARGO_BOOK", str(place.folder))
    assert Place.find() == place
    monkeypatch.setenv("SUPERCARGO_BOOK", str(tmp_path))
    assert code(Place.find).code == "BOOK-404"


def test_a_book_is_never_made_over_another(place):
    key = place.secret
    assert code(Place.create, place.folder, home="DE", base_currency="EUR").code == "BOOK-004"
    assert Place.find(place.folder).secret == key


def test_a_lost_or_damaged_key_is_said_before_anything_is_written(place):
    (place.folder / "secret.key").write_text("short")
    assert code(Place.find(place.folder).open).code == "BOOK-006"


@pytest.mark.parametrize("text", ["", "database = 3", 'database = "../x.sqlite3"\nhome = "CN"\nbase_currency = "CNY"', 'database = "p:w'])
def test_settings_that_cannot_be_read_are_refused_without_showing_them(place, text):
    (place.folder / "supercargo.toml").write_text(text)
    found = code(Place.find, place.folder)
    assert found.code == "BOOK-003"
    assert "p:w" not in str(found)


@pytest.mark.parametrize("url", ["postgresql://", "mysql://a/b", "postgresql://u:hush@host:port/b", "postgresql://u:hush@h/b?hush=1", "x"])
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url, tmp_path):
    found = code(Place.create, tmp_path / "b", home="CN", base_currency="CNY", database=url)
    assert found.code == "BOOK-001"
    assert "u:hush" not in str(found)
    assert not (tmp_path / "b").exists()


def test_without_the_driver_the_refusal_names_the_extra(monkeypatch):
    monkeypatch.setattr(configure, "find_spec", lambda _name: None)
    found = code(configure.postgresql, "postgresql://u:hush@h/b")
    assert found.code == "BOOK-002"
    assert "supercargo[postgresql]" in str(found)


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path, django_db_blocker):
    place = Place.create(tmp_path / "b", home="CN", base_currency="CNY", database="postgresql://u:hush-hush@127.0.0.1:9/b")
    with django_db_blocker.unblock():
        found = code(place.open)
    assert found.code == "BOOK-010"
    assert "hush-hush" not in str(found) + repr(place) + place.name
    assert "127.0.0.1:9" in str(found)


def test_an_address_is_read_with_signs_escaped():
    found = configure.postgresql("postgresql://a%40b:p%2Fw@[::1]:5433/my%20book?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == ("a@b", "p/w", "::1", "5433", "my book")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_book_of_a_newer_program_is_left_alone(book):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('book', '9999_later', '2030-01-01')")
    assert code(book.open).code == "BOOK-012"


def test_opening_again_changes_nothing(book):
    book.open()
    assert AuditEntry.objects.count() == 0


def test_the_file_has_one_writer_that_waits_and_many_readers(place, django_db_blocker):
    with django_db_blocker.unblock():
        place.open()
        with connection.cursor() as cursor:
            answers = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "busy_timeout", "foreign_keys")]
        assert answers == ["wal", 30_000, 1]
        assert connection.transaction_mode == "IMMEDIATE"
        connection.close()


@pytest.mark.usefixtures("book")
def test_the_tables_are_those_of_the_models():
    call_command("makemigrations", "book", check=True, dry_run=True, verbosity=0)
