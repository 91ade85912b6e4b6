"""Templates, compiled once for a user."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from fourpillars.editions import cache
from fourpillars.editions.inputs import digest
from fourpillars.editions.versions import version_of

_OPTIONS = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}


class _Compiled(BytecodeCache):
    """Keeps compiled templates in the user's folder; where that cannot be written, they are compiled each time."""

    def load_bytecode(self, bucket: Bucket) -> None:
        content = cache.read_code(_file(bucket))
        if content is not None:
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        cache.write(_file(bucket), bucket.bytecode_to_string(), mode=0o600)


def environment_of(folder: str) -> Environment:
    """Return what fills the templates of a folder in: texts are escaped, and what is not given is an error."""
    return Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=_Compiled(),
        **_OPTIONS,
    )


def _file(bucket: Bucket) -> Path:
    kind = digest([version_of("jinja2"), _OPTIONS])
    return cache.user_folder() / "templates" / f"{bucket.key}-{kind}"
