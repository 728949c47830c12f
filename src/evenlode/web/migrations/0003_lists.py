"""What rows of lists are put in order by."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the folded names of children, workers and teams."""

    dependencies: ClassVar = [
        ("web", "0002_gone"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="childfigure",
            name="by_name",
            field=models.CharField(blank=True, max_length=420),
        ),
        migrations.AddField(
            model_name="childfigure",
            name="by_team",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="childfigure",
            name="by_worker",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="findingfigure",
            name="by_name",
            field=models.CharField(blank=True, max_length=420),
        ),
        migrations.AddField(
            model_name="findingfigure",
            name="by_team",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="findingfigure",
            name="by_worker",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="watchfigure",
            name="by_name",
            field=models.CharField(blank=True, max_length=420),
        ),
        migrations.AddField(
            model_name="watchfigure",
            name="by_team",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="watchfigure",
            name="by_worker",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
