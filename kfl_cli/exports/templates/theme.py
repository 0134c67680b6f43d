"""A plan's own ``theme.css``: a style sheet after kfl's, for pages and drawings, that can fetch and run nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 100_000


_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|\s)?|(.))", re.DOTALL)
"""An escaped character (CSS Syntax Level 3, 4.3.7)."""


_REACHES_OUT = re.compile(r"<|@import\b|@font-face\b|\b(?:url|src|image-set|image|attr|element)\s*\(", re.IGNORECASE)
"""Rules and functions that fetch something, and the character that could end a style element."""


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Characters that XML 1.0 forbids or HTML replaces, so that the hash in the policy would not hold."""


class ThemeError(Exception):
    """A style sheet cannot be used; the message says where and why."""


def theme(path: Path) -> str:
    """Return the text of a style sheet. Raises ThemeError where it cannot be read, or would fetch or run something."""
    if not path.is_file() or not path.resolve().is_relative_to(path.parent.resolve()):
        raise ThemeError(f"{path}: is no file of this folder")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ThemeError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ThemeError(f"{path}: byte {error.start + 1} is not UTF-8; save the file as UTF-8") from error
    if len(data) > _MOST_BYTES:
        raise ThemeError(f"{path}: is longer than {_MOST_BYTES} bytes")
    text = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    )  # as browsers do (CSS Syntax Level 3, 3.3)
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise ThemeError(f"{path}:{line}: the character U+{ord(control[0]):04X} is not text; delete it")
    unescaped = _ESCAPE.sub(_unescaped, text)
    reaching = _REACHES_OUT.search(unescaped)
    if reaching:
        line = unescaped.count("\n", 0, reaching.start()) + 1
        raise ThemeError(f"{path}:{line}: '{reaching[0]}' may not stand in a theme, which can fetch and run nothing")
    return text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return chr(code) if 0 < code <= 0x10FFFF else match[2] or ""  # noqa: PLR2004  the last character of Unicode
