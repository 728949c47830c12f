"""A person with a keyboard and no mouse: every element is reached by Tab, and every stop on the way shows where it is."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Error

FARTHEST = 400
"""So many stops a page may have before somebody would give up looking."""

STOP = """() => {
  const say = (node, pseudo) => {
    const s = getComputedStyle(node, pseudo);
    return [s.outlineStyle === "none" ? "" : s.outline, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecoration].join();
  };
  const look = (e) => [say(e), ...[...(e.labels || [])].map((one) => say(one, "::before"))].join(" and ");
  const now = document.activeElement;
  const then = window.stood;
  let unmarked = "";
  if (then && then.element !== now && then.element.isConnected && look(then.element) === then.look) {
    unmarked = then.element.outerHTML.slice(0, 200);
  }
  window.stood = now === document.body ? null : { element: now, look: look(now) };
  return unmarked;
}"""
"""What looks alike with focus and without it, of the stop before this one."""


def beginning(name):
    """A name that begins so; the rest of a label may say more for who does not see the page."""
    return name if isinstance(name, re.Pattern) else re.compile(f"^{re.escape(name)}")


@dataclass
class Keyboard:
    """The keys of one page's reader; steps: how many times Tab was pressed for each thing."""

    page: object
    steps: dict[str, int] = field(default_factory=dict)

    def past_the_menu(self):
        """The first stop of every page is the link that leads past its menu.

        Whoever sent a form from past the menu comes back past it: the address still says so.
        """
        if self.page.url.endswith("#main"):
            return
        self.page.keyboard.press("Tab")
        met = self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert "govuk-skip-link" in met, f"on {self.page.url} Tab comes to {met} first"
        self.page.keyboard.press("Enter")

    def is_elsewhere(self):
        """Waits until the page on which a key was pressed last has given way to another."""
        for _ in range(500):
            self.page.wait_for_timeout(30)
            with suppress(Error):  # the one has gone and the other is not there yet
                if self.page.evaluate("document.readyState === 'complete' && window.stood === undefined"):
                    return
        raise AssertionError("no other page came")

    def to(self, role, name):
        """Presses Tab until it has focus; fails where it never has."""
        self._to(self.page.get_by_role(role, name=beginning(name)), f"{role} {name}")

    def _to(self, wanted, called):
        wanted.first.wait_for()
        for presses in range(1, FARTHEST):
            self.page.keyboard.press("Tab")
            unmarked = self.page.evaluate(STOP)
            assert not unmarked, f"focus does not show on {unmarked}"
            if wanted.evaluate_all("all => all.includes(document.activeElement)"):
                self.steps[called] = presses
                return
        raise AssertionError(f"{FARTHEST} times Tab, and no {called}")

    def press(self, role, name):
        """Goes there and does it: Enter on a link, Space on a button."""
        self.to(role, name)
        is_link = self.page.evaluate("document.activeElement.tagName") == "A"
        self.page.keyboard.press("Enter" if is_link else "Space")

    def type(self, name, text):
        """Goes to a field and types into it, in place of what stood there."""
        self._to(
            self.page.get_by_label(beginning(name)).and_(self.page.locator("input, textarea")),
            f"field {name}",
        )
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def mark(self, name):
        """Goes to a checkbox and ticks it."""
        self.to("checkbox", name)
        self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked")

    def choose(self, name):
        """Goes to a group of radio buttons, which is one stop, and with the arrows to one of them."""
        wanted = self.page.get_by_role("radio", name=beginning(name)).first
        group = wanted.get_attribute("name")
        self.to("radio", re.compile(""))
        assert self.page.evaluate("document.activeElement.name") == group, (
            "another group of choices is met first"
        )
        self.page.keyboard.press("Space")
        for _ in range(FARTHEST):
            if wanted.evaluate("one => one === document.activeElement && one.checked"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {name}")

    def pick(self, name, option):
        """Goes to a list of choices and with the arrow to one of them."""
        self.to("combobox", name)
        for _ in range(FARTHEST):
            if option in self.page.evaluate("document.activeElement.selectedOptions[0].textContent"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow never reaches {option}")

    def hand_over(self, name, *files: Path):
        """Goes to a field for files, opens the system's own window, and takes the files there."""
        self.to("button", name)
        with self.page.expect_file_chooser(timeout=20_000) as chosen:
            self.page.keyboard.press("Space")
        chosen.value.set_files(files)
