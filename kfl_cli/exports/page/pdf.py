"""PDF: the page as it prints, tagged, made by WeasyPrint (the extra ``kfl[pdf]``)."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from kfl_cli.exports.context import Context, UnavailableError
from kfl_cli.exports.page import html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kfl_cli.schedule.occurrence import Schedule

_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
"""A reference to a custom property."""


def render(schedule: Schedule, context: Context) -> bytes:
    """Return the page as PDF/UA (ISO 14289-1): A4, with tags, language and title. Raises UnavailableError."""
    weasyprint = _weasyprint()
    text = html.markup(schedule, context, drawing_style=_drawing_style(context), on_paper=True).decode()
    fetches_nothing = weasyprint.URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=text, url_fetcher=fetches_nothing)
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return data


def _weasyprint() -> Any:  # noqa: ANN401  an optional package without types
    try:
        import weasyprint  # noqa: PLC0415  optional, and slow to load
    except ImportError as error:
        raise UnavailableError("PDF needs WeasyPrint; install kfl with its extra: pip install 'kfl[pdf]'") from error
    except OSError as error:
        raise UnavailableError(f"PDF needs Pango; on Debian: apt install libpangoft2-1.0-0 ({error})") from error
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it warns of CSS for browsers
    return weasyprint


def _drawing_style(context: Context) -> str:
    """Return the style of drawings with the values of its properties: WeasyPrint knows no ``var()`` in SVG."""
    templates, say = context.templates, context.wording.say
    style = f"{templates.render('drawing.css.j2', say)}.screen {{ display: none; }}\n{templates.theme}"
    values = _palette(f"{templates.render('palette.css.j2', say, alone=True)}\n{templates.theme}")
    return _VARIABLE.sub(lambda match: values.get(match[1], "inherit"), style)


def _palette(css: str) -> Mapping[str, str]:
    """Return the custom properties of the whole page, those for dark screens left out."""
    import tinycss2  # noqa: PLC0415  comes with WeasyPrint

    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    roots = [
        rule for rule in rules if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root"
    ]
    pieces = [piece for rule in roots for piece in tinycss2.parse_blocks_contents(rule.content)]
    return {piece.name: tinycss2.serialize(piece.value).strip() for piece in pieces if piece.type == "declaration"}
