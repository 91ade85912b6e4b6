"""A site in an object store, by fsspec: only what has changed, new releases first, the way in last.

A store has no symbolic links: an edition is a copy of its release. An index beside the site says what is there
already; it goes out last, so an interrupted delivery is taken up where it was left.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

from fourpillars.editions.destinations.kinds import cache_control, content_type
from fourpillars.editions.destinations.tree import ALIASES, Hashes, SiteFile, site_files
from fourpillars.editions.settings import DestinationConfig
from fourpillars.errors import FourPillarsError

INDEX = ".fourpillars-index.json"
AT_ONCE = 8
_S3 = {"s3", "s3a"}
_GOOGLE = {"gs", "gcs"}
_PAGE = re.compile(r"(\d{4}-\d{2}\.\d+)/.*\.(?:html|pdf)")


def deliver(out: Path, config: DestinationConfig, everything: bool = False) -> Counter[str]:
    """Bring the site at `out` into an object store.

    Parameters
    ----------
    everything : bool
        Upload also what the index says is there.

    Returns
    -------
    Counter
        How many files were 'sent', were there ('kept'), and were 'removed'.

    Raises
    ------
    FourPillarsError
        If another site is there: a release of the same number with other pages. Nothing is changed then.
    """
    fs, root = _opened(config)
    hashes = Hashes()
    files = site_files(out)
    wanted = {file.path: hashes.of(file.source) for file in files}
    there = _index(fs, root)
    _refuse_another_site(there, wanted, config)
    sizes = _sizes(fs, root)
    due = [
        file
        for file in files
        if everything or there.get(file.path) != wanted[file.path] or sizes.get(file.path) != file.source.stat().st_size
    ]
    for _, stage in groupby(due, key=lambda file: file.order[:3]):
        _send(fs, root, list(stage))
    gone = _superseded(there, wanted, files)
    if gone:
        fs.rm([f"{root}/{path}" for path in gone if path in sizes])
    if due or gone:
        kept = {path: digest for path, digest in there.items() if path not in gone}
        fs.pipe_file(f"{root}/{INDEX}", json.dumps(kept | wanted, sort_keys=True, indent=0).encode())
    return Counter(sent=len(due), kept=len(files) - len(due), removed=len(gone))


def _opened(config: DestinationConfig) -> tuple[Any, str]:
    import fsspec

    protocol = config.to.partition("://")[0]
    options: dict[str, Any] = {"skip_instance_cache": True, "use_listings_cache": False} if protocol in _S3 else {}
    if config.endpoint:
        options["client_kwargs"] = {"endpoint_url": config.endpoint}
    try:
        fs, root = fsspec.core.url_to_fs(config.to, **options)
    except (ImportError, ValueError) as error:
        hint = "Install the fsspec package of that store, or correct `destinations` in reports/edition.yml."
        raise FourPillarsError(f"{config.name} cannot be written to: {' '.join(str(error).split())}.", hint) from None
    return fs, str(root).rstrip("/")


def _send(fs: Any, root: str, files: list[SiteFile]) -> None:
    """Send files, several at once; the first that fails ends it."""
    with ThreadPoolExecutor(min(AT_ONCE, len(files))) as pool:
        sending = [
            pool.submit(fs.put_file, str(one.source), f"{root}/{one.path}", **_headers(fs, one)) for one in files
        ]
        try:
            for each in sending:
                each.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _headers(fs: Any, file: SiteFile) -> dict[str, Any]:
    """Return type and caching as the store takes them; a store that is only a folder takes none."""
    protocols = {fs.protocol} if isinstance(fs.protocol, str) else set(fs.protocol)
    kind, keep = content_type(file.path), cache_control(file.path)
    if protocols & _S3:
        return {"ContentType": kind, "CacheControl": keep}
    if protocols & _GOOGLE:
        return {"content_type": kind, "fixed_key_metadata": {"cache_control": keep}}
    return {}


def _index(fs: Any, root: str) -> dict[str, str]:
    try:
        found = json.loads(fs.cat_file(f"{root}/{INDEX}"))
    except (FileNotFoundError, ValueError):
        return {}
    return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else {}


def _sizes(fs: Any, root: str) -> dict[str, int]:
    with contextlib.suppress(FileNotFoundError):
        found = fs.find(root, detail=True)
        return {name[len(root) + 1 :]: int(about["size"]) for name, about in found.items()}
    return {}


def _refuse_another_site(there: Mapping[str, str], wanted: Mapping[str, str], config: DestinationConfig) -> None:
    """A published address stays as it was: pages of a release are never replaced by others."""
    for path, digest in wanted.items():
        page = _PAGE.fullmatch(path)
        if page and there.get(path, digest) != digest:
            raise FourPillarsError(
                f"{config.name} holds another release {page[1]}: its {path} differs.",
                "Restore the site it came from, or give another place with --to.",
            )


def _superseded(there: Iterable[str], wanted: Mapping[str, str], files: Iterable[SiteFile]) -> list[str]:
    """Return what is to go: of an edition, what its release has no more; a release that was retired here.

    Editions that this site does not have are left alone.
    """
    aliases = {file.path.partition("/")[0] for file in files if file.stage == ALIASES}
    ours = (path for path in there if path.partition("/")[0].partition(".")[0] in aliases)
    return sorted(path for path in ours if path not in wanted)
