"""Jinja's sandbox, in a module of its own: what needs no template does not wait until Jinja is loaded."""

from __future__ import annotations

from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which asks once whether a type's attribute is safe: its own rules go by type and name alone."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Jinja's own
        """Make an environment with Jinja's options."""
        super().__init__(**options)
        self._known: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute."""
        key = (type(obj), attr)
        if key not in self._known:
            self._known[key] = super().is_safe_attribute(obj, attr, value)
        return self._known[key]
