"""What is never deleted: it is ended, on a day or at a moment, and stays to be read."""

from __future__ import annotations

from typing import Any

from django.db import models


class Kept(models.Model):
    """A row that ends and stays."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: it is ended."""
        raise NotImplementedError(f"{self._meta.object_name}: a row is ended and never deleted")
