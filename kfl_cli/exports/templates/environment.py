"""Templates by name, in one Jinja environment: sandboxed, strict about names, escaping HTML by the file's name."""

from __future__ import annotations

import os
from contextlib import nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from kfl_cli.exports.templates.theme import ThemeError, theme
from kfl_cli.text import addresses, commonmark, github_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    import jinja2

    from kfl_cli.language.translator import Translator

_PACKAGE = Path(__file__).parents[2]


TEMPLATES, THEME = "templates", "theme.css"
"""The folder and the style sheet that a plan may have beside it."""


SCRIPT = "page.js.j2"
"""The template that a plan cannot override: the script of a page is always kfl's."""


SHIPPED = (_PACKAGE / "templates", _PACKAGE.parent / "templates")
"""The folder of kfl's own templates in the wheel, and that in a checkout."""


class TemplateError(Exception):
    """A template cannot be read or rendered; the message names its file and line."""


class Templates(Struct, frozen=True, dict=True):
    """The templates of a plan: its own first, then kfl's."""

    home: Path | None = None
    """The folder of the plan file, with its ``templates/`` and ``theme.css``; None for kfl's own templates alone."""

    @cached_property
    def beside_plan(self) -> Path | None:
        """The folder ``templates/`` next to the plan file, if there is one. Raises TemplateError where it is a link."""
        folder = self.home / TEMPLATES if self.home else None
        if folder and folder.is_symlink():
            raise TemplateError(f"{folder}: is a link; put the folder itself there")
        return folder if folder and folder.is_dir() else None

    @cached_property
    def theme(self) -> Markup:
        """The plan's own style sheet, beside it or in its ``templates/``; empty without one. Raises TemplateError."""
        for folder in (self.beside_plan, self.home):
            if folder and os.path.lexists(folder / THEME):
                try:
                    return Markup(theme(folder / THEME))  # noqa: S704  it has no «<»
                except ThemeError as error:
                    raise TemplateError(str(error)) from error
        return Markup()

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja's environment, a sandbox, made when the first template is needed."""
        import jinja2  # noqa: PLC0415  slow to load, and most calendars need no template

        from kfl_cli.exports.templates.sandbox import Sandbox  # noqa: PLC0415  loads Jinja

        environment = Sandbox(
            loader=jinja2.FunctionLoader(self._find),
            autoescape=lambda name: name is not None and name.endswith((".html.j2", ".svg.j2")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters |= {
            "css_string": css_string,
            "gfm": github_markdown.inline,
            "gfm_block": github_markdown.block,
            "gfm_cell": github_markdown.cell,
            "gfm_link": github_markdown.link,
            "html_of_markdown": lambda text: Markup(commonmark.html(text)),  # noqa: S704  markdown-it escapes all of it
            "linked": lambda text: Markup(addresses.html(text)),  # noqa: S704  all but the links is escaped
            "plain_lines": commonmark.lines,
        }
        return environment

    def _find(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """Return text and path of a template, and for Jinja that it has not changed; None if there is none."""
        for folder in SHIPPED if name == SCRIPT else (self.beside_plan, *SHIPPED):
            path = folder / name if folder else None
            if folder and path and path.is_file():
                if not path.resolve().is_relative_to(folder.resolve()):
                    raise TemplateError(f"{path}: leads out of the templates folder")
                try:
                    data = path.read_bytes()
                    return data.decode(), str(path), lambda: True
                except UnicodeDecodeError as error:
                    line = data.count(b"\n", 0, error.start) + 1
                    raise TemplateError(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from error
                except OSError as error:
                    raise TemplateError(f"{path}: {error.strerror}") from error
        return None

    def has_own(self, name: str) -> bool:
        """Return whether the plan has a template of this name. Raises TemplateError where its folder is a link."""
        return self.beside_plan is not None and (self.beside_plan / name).is_file()

    def render(self, name: str, say: Translator, **values: object) -> str:
        """Render a template; ``_`` in it translates one of kfl's texts. Raises TemplateError."""
        import jinja2  # noqa: PLC0415  slow to load

        from kfl_cli.exports.templates.sandbox import bounded  # noqa: PLC0415  loads Jinja

        try:
            with bounded() if self.beside_plan else nullcontext():
                template = self.environment.get_template(name)
                return template.render(_=say.text, language=say.language, **values)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or name}:{error.lineno}: {error.message}") from error
        except Exception as error:
            where = _line(error, self.beside_plan)
            if isinstance(error, TemplateError) and where is None:
                raise
            raise TemplateError(f"{where or name}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """Return the reason of an error, in words where its own text has none."""
    import jinja2  # noqa: PLC0415  slow to load

    from kfl_cli.exports.templates.sandbox import LONGEST, MOST_MEMORY, TooLongError  # noqa: PLC0415  loads Jinja

    match error:
        case jinja2.TemplateNotFound(name=name):
            return f"there is no template '{name}'"
        case MemoryError():
            return f"takes more than {MOST_MEMORY // 1024**2} MiB of memory"
        case TooLongError():
            return f"takes longer than {LONGEST:.0f} seconds"
    return str(error) or type(error).__name__


def _line(error: BaseException, folder: Path | None) -> str | None:
    """Return file and line of the innermost template that an error passed, one of ``folder`` before one of kfl's."""
    place = None
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".j2") and (folder is None or filename.startswith(str(folder)) or place is None):
            place = f"{filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def css_string(text: str) -> Markup:
    """Return any text as a string of CSS (CSS Syntax Level 3, 4.3.7)."""
    escaped = "".join(char if char.isalnum() or char in " .,:–" else f"\\{ord(char):x} " for char in text)
    return Markup(f'"{escaped}"')  # noqa: S704  all but letters and digits is escaped
