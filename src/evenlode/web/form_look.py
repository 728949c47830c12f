"""Django's own form renderer with our templates."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Draws fields in the design system's mark-up."""
