"""What a page may do: its content-security policy, written into every page and sent with it."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",  # the search is a WebAssembly module; Vega runs its interpreter
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'
_DECLARED = re.compile(_META.format('([^"\r\n]*)'))
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""\btype=["']?(?:application/(?!javascript)|text/(?!javascript)|math/)""", re.IGNORECASE)
_HANDLER = re.compile(r"""<[a-z][^<>]*?\son[a-z]+=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def with_policy(html: str) -> str:
    """Return a page another program made with the policy in its head.

    Scripts and handlers that stand in such a page run on, each named by its hash; what gets into it later does
    not.

    Examples
    --------
    >>> declared(with_policy("<head><script>f()</script></head>")).split("; ")[1]
    "script-src 'self' 'wasm-unsafe-eval' 'sha256-GcEEE0IkDzIP5EQ6DXZaDPORqT5RTBELX8Fyzyg9yvo='"
    """
    scripts = [_hash(body) for said, body in _SCRIPT.findall(html) if "src=" not in said and not _DATA.search(said)]
    handlers = [_hash(unescape(double or single)) for double, single in _HANDLER.findall(_SCRIPT.sub("", html))]
    allowed = [*dict.fromkeys([*scripts, *handlers]), *(["'unsafe-hashes'"] if handlers else [])]
    policy = POLICY.replace("'wasm-unsafe-eval'", " ".join(["'wasm-unsafe-eval'", *allowed]))
    return _HEAD.sub(lambda head: head[0] + _META.format(policy), html, count=1)


def declared(html: str) -> str:
    """Return the policy a page declares, that of all pages where it declares none.

    Examples
    --------
    >>> declared("<head></head>") == POLICY
    True
    """
    found = _DECLARED.search(html)
    return unescape(found[1]) if found else POLICY


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
