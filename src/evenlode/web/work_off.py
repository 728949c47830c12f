"""`python -m evenlode.web.work_off`: does the work that pages have asked for, and ends when there is none left."""

from __future__ import annotations

import django


def main() -> None:
    """Sets Django up and works."""
    django.setup()
    from evenlode.web.working_off import work_off  # noqa: PLC0415 - once Django is set up

    work_off()


if __name__ == "__main__":
    main()
