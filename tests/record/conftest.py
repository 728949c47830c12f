import pytest

from evenlode.record import Record


@pytest.fixture
def record(tmp_path):
    """An empty record in a home of its own."""
    return Record.create(tmp_path / "home")
