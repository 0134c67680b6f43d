"""A plan's own ``theme.css``: style after kfl's own, for pages and drawings, that can reach nothing outside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 100_000
"""Bytes of a style sheet."""


_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|\s)?|(.))", re.DOTALL)
"""CSS Syntax Level 3, 4.3.7."""


_REACHES_OUT = re.compile(r"<|@import\b|@font-face\b|\b(?:url|src|image-set|image|attr|element)\s*\(", re.IGNORECASE)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""What XML 1.0 and HTML do not take, or not as it is; a page and its policy would differ."""


class ThemeError(Exception):
    """A style sheet that cannot be used; says where and why."""


def theme(path: Path) -> str:
    """Return a style sheet. Raises ThemeError where it cannot be read, or has what would reach out of the page."""
    if not path.is_file() or not path.resolve().is_relative_to(path.parent.resolve()):
        raise ThemeError(f"{path}: is no file of this folder")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ThemeError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ThemeError(f"{path}: byte {error.start + 1} is not UTF-8; save the file as UTF-8") from error
    if len(data) > _MOST:
        raise ThemeError(f"{path}: is longer than {_MOST} bytes")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")  # as the reader of a page does
    meant = _ESCAPE.sub(_unescaped, text)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise ThemeError(f"{path}:{line}: the character U+{ord(control[0]):04X} is not text; delete it")
    found = _REACHES_OUT.search(meant)
    if found:
        line = meant.count("\n", 0, found.start()) + 1
        raise ThemeError(f"{path}:{line}: '{found[0]}' may not stand in a theme, which can fetch and run nothing")
    return text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return chr(code) if 0 < code <= 0x10FFFF else match[2] or ""  # noqa: PLR2004  the last character of Unicode
