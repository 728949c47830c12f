from evenlode.record import TABLES
from evenlode.record.schema_reference import schema_markdown


def test_the_reference_page_names_every_table_and_column():
    page = schema_markdown()
    for table in TABLES.values():
        section = page.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` | " in section


def test_every_row_of_the_reference_page_has_the_same_six_cells():
    lines = [line for line in schema_markdown().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines} == {7}
