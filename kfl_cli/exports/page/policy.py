"""The content security policy of a page: it allows the page's style and kfl's own script, by hash, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from kfl_cli.exports.templates.environment import SCRIPT, TemplateError, Templates
from kfl_cli.language.translator import Translator

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


_DOCTYPE = re.compile(rb"\s*<!DOCTYPE html>\n?", re.IGNORECASE)


_PRAGMA, _OWN_PRAGMA = b"http-equiv", b'http-equiv="Content-Security-Policy"'
"""What each tag with a pragma has in it, in letters of any size; what that of kfl's own policy has in it."""


_META = re.compile(rb"<meta[\s/]", re.IGNORECASE)


_LONGEST_TAG = 20_000
"""Bytes of a tag that are parsed."""


_POLICY = re.compile(
    rb"\s*<!DOCTYPE html>\s*<html[^<>]*>\s*<head>\s*(?:<meta (?:charset|name)=[^<>]*>\s*)*"
    rb"<meta http-equiv=\"Content-Security-Policy\" "
    rb"content=\"default-src 'none'; ([^<>\"]*)base-uri 'none'; form-action 'none'\">"
)
"""The top of a page with kfl's own policy; its group holds the sources that the policy allows."""


def with_policy(data: bytes, language: str) -> bytes:
    """Return a page with the hashes of its style and of kfl's own script in its policy.

    The templates may be a stranger's. Where the policy is not one of kfl's own at the top of the page, one is put
    there; a page that sends its reader elsewhere by itself, which no policy stops (CSP 3, 2.3.1), is refused. Raises
    TemplateError.
    """
    _refuse_refresh(data)
    style, script = _STYLE.search(data), _SCRIPT.search(data)
    script_is_own = script is not None and script[1].strip() == _own_script(language)
    style_hash = _hash(style[1] if style else b"")
    script_hash = _hash(script[1] if script and script_is_own else b"")
    data = data.replace(b"STYLE-HASH", style_hash, 1).replace(b"SCRIPT-HASH", script_hash, 1)
    style_source = b"style-src '" + style_hash + b"'; "
    sources = style_source + b"script-src '" + script_hash + b"'; "
    policy = _POLICY.match(data)
    return data if policy and policy[1] in {b"", style_source, sources} else _under_policy(data, sources)


def _hash(text: bytes) -> bytes:
    """Return the hash of a style or a script as a source of a policy."""
    return b"sha256-" + base64.b64encode(hashlib.sha256(text).digest())


@cache
def _own_script(language: str) -> bytes:
    """Return kfl's own script, which a plan's templates cannot replace."""
    return Templates().render(SCRIPT, Translator(language)).strip().encode()


def _under_policy(data: bytes, sources: bytes) -> bytes:
    """Return a page with kfl's policy at its top."""
    doctype = _DOCTYPE.match(data)
    rest = data[doctype.end() :] if doctype else data
    policy = b"default-src 'none'; " + sources + b"base-uri 'none'; form-action 'none'"
    return b'<!DOCTYPE html>\n<meta http-equiv="Content-Security-Policy" content="' + policy + b'">\n' + rest


def _refuse_refresh(data: bytes) -> None:
    """Refuse a page with a tag that sends its reader elsewhere. Raises TemplateError."""
    has_other = data.lower().count(_PRAGMA) > data.count(_OWN_PRAGMA)  # a pattern takes ten times as long
    tags = _META.finditer(data) if has_other else ()
    if any(_is_refresh(data[match.start() :][:_LONGEST_TAG]) for match in tags):
        raise TemplateError("a page may not lead elsewhere by itself (http-equiv refresh)")


def _is_refresh(text: bytes) -> bool:
    """Return whether the first tag of a text is a refresh."""
    from html.parser import HTMLParser  # noqa: PLC0415  few pages have another pragma than their policy

    pragmas: list[str] = []

    class PragmaParser(HTMLParser):
        def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
            pragmas.append((dict(attrs).get("http-equiv") or "").strip().lower())

    PragmaParser().feed(text.decode(errors="replace"))
    return pragmas[:1] == ["refresh"]
