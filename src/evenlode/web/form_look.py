"""How a form looks: Django's own form renderer with the design system's mark-up, and a date as people write one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

OURS: dict[str, str] = {
    "django/forms/label.html": "evenlode/forms/label.html",
    "django/forms/errors/list/default.html": "evenlode/forms/errors.html",
    "django/forms/widgets/radio.html": "evenlode/forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "evenlode/forms/checkboxes.html",
}
"""Django's templates that ours take the place of; every other stays Django's own."""

DRESS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.Textarea, "govuk-textarea"),
    (widgets.CheckboxSelectMultiple, "govuk-checkboxes govuk-checkboxes--small"),
    (widgets.RadioSelect, "govuk-radios govuk-radios--small"),
    (widgets.CheckboxInput, "govuk-checkboxes__input"),
    (widgets.Select, "govuk-select"),
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.DateInput, "govuk-input govuk-input--width-10 moj-js-datepicker-input"),
    (widgets.Input, "govuk-input"),
)
"""The class of each sort of widget; the first that fits."""

WITHOUT_ERROR_CLASS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple, widgets.CheckboxInput)

DAYS_AS_WRITTEN = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d")


class GovukField(BoundField):
    """A field on a page: its widget has the design system's classes, and those that the form gave it."""

    def label_tag(
        self,
        contents: str | None = None,
        attrs: dict[str, Any] | None = None,
        label_suffix: str | None = "",
        tag: str | None = None,
    ) -> SafeString:
        """The label, with no colon after it."""
        return super().label_tag(contents, attrs, label_suffix or "", tag)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        """The attributes of the widget, with its classes; a field that must be mended says so."""
        built = super().build_widget_attrs(attrs, widget)
        worn = widget or self.field.widget
        dress = next((name for sort, name in DRESS if isinstance(worn, sort)), "")
        if worn.is_hidden or not dress:
            return built
        names = [dress, str(worn.attrs.get("class", ""))]
        if self.errors and not isinstance(worn, WITHOUT_ERROR_CLASS):
            names.append(f"{dress.partition(' ')[0]}--error")
        built["class"] = " ".join(name for name in names if name)
        return built


class GovukRenderer(TemplatesSetting):
    """Draws forms, fields and their errors in the design system's mark-up."""

    form_template_name = "evenlode/forms/div.html"
    field_template_name = "evenlode/forms/field.html"
    bound_field_class = GovukField

    def get_template(self, template_name: str) -> Any:
        """Our template where there is one, else Django's."""
        return super().get_template(OURS.get(template_name, template_name))


class DayField(forms.DateField):
    """A date as people write one: 3 November 2026, 3 Nov 2026, 3/11/2026. The day always comes before the month."""

    default_error_messages = {  # noqa: RUF012 - Django's own way to say it
        "invalid": "Choose a date, such as 27 November 2026.",
        "required": "Choose a date.",
    }

    def __init__(self, **given: Any) -> None:
        """Takes what a date field takes; its formats are fixed."""
        given.setdefault("widget", forms.DateInput(format="%-d/%-m/%Y", attrs={"autocomplete": "off"}))
        super().__init__(input_formats=DAYS_AS_WRITTEN, **given)

    def to_python(self, value: Any) -> Any:
        """The day; spaces beside and between its parts do not matter."""
        return super().to_python(" ".join(value.split()) if isinstance(value, str) else value)
