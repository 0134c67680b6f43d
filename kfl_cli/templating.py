"""The one Jinja environment: sandboxed, strict about names, HTML escaped by the template's file name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kfl_cli import gfm, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from kfl_cli.translate import Translator

_HERE = Path(__file__).parent
SHIPPED = (_HERE / "templates", _HERE.parent / "templates")
"""The templates in the wheel, and those of a checkout."""


class TemplateError(Exception):
    """A template that cannot be read or does not render; names its file and line."""


@dataclass(frozen=True)
class Templates:
    """Renders templates by name: those beside the plan first, then kfl's own."""

    beside_plan: Path | None = None
    """The folder ``templates/`` next to the plan file, if there is one."""

    @cached_property
    def environment(self) -> jinja2.Environment:
        """The environment, made when the first template is needed."""
        environment = ImmutableSandboxedEnvironment(
            loader=jinja2.FunctionLoader(self._find),
            autoescape=lambda name: name is not None and name.endswith((".html.j2", ".svg.j2")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters |= {
            "gfm": gfm.inline,
            "gfm_block": gfm.block,
            "html_of_markdown": lambda text: Markup(plain.html(text)),  # noqa: S704  markdown-it escapes all of it
            "plain_lines": plain.lines,
        }
        return environment

    def _find(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        for folder in (self.beside_plan, *SHIPPED):
            path = folder / name if folder else None
            if folder and path and path.is_file():
                if not path.resolve().is_relative_to(folder.resolve()):
                    raise TemplateError(f"{path}: leads out of the templates folder")
                return path.read_text(encoding="utf-8"), str(path), lambda: True
        return None

    def render(self, name: str, say: Translator, **values: object) -> str:
        """Render a template; ``_`` in it says a text in the reader's language. Raises TemplateError."""
        try:
            template = self.environment.get_template(name)
            return template.render(_=say.text, language=say.language, **values)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or name}:{error.lineno}: {error.message}") from error
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"{name}: there is no template of that name") from error
        except Exception as error:
            raise TemplateError(f"{_line(error, self.beside_plan) or name}: {error}") from error


def _line(error: BaseException, folder: Path | None) -> str | None:
    """Return file and line of the template that raised ``error``."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".j2") and (folder is None or filename.startswith(str(folder)) or found is None):
            found = f"{filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
