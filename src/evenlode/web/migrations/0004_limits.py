"""What somebody searched, opened or saved in the last minutes."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds what limits count."""

    dependencies: ClassVar = [
        ("web", "0003_lists"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="TakenRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_id", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person_id", "kind", "at"], name="web_takenro_person__e6c7e3_idx")
                ],
            },
        ),
    ]
