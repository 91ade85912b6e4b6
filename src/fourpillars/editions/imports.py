"""The code a document is made by: the modules its notebook imports, and all they import in turn.

Read from the sources, not from a run: imports inside functions count, those for type checkers do not. What
imports by name at run time counts its whole package. So the answer is never too small.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from fourpillars.editions import cache
from fourpillars.editions.inputs import digest, files_below

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT.name
#: What takes a notebook through its run.
RUNNING = (f"{PACKAGE}.editions.run.isolated", f"{PACKAGE}.editions.run.engine")
#: What makes pages of what a notebook showed.
RENDERING = (
    f"{PACKAGE}.editions.pages", f"{PACKAGE}.editions.run.prepare", f"{PACKAGE}.editions.render.embedded",
    f"{PACKAGE}.editions.render.filter",
)  # fmt: skip

#: What decides what stands around a page; what they import decides nothing more.
_AROUND = ("editions/around.py", "editions/reports.py", "editions/quarto.py")


def code_of_notebook(notebook: Path) -> str:
    """Return the digest of the code a notebook is run and rendered by."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return digest([code_digest([*_of_notebook(source), *RUNNING]), code_of_rendering()])


def package_digest() -> str:
    """Return the digest of all code and texts of this package."""
    return digest(sorted(_hashes().items()))


@lru_cache(maxsize=1)
def code_of_rendering() -> str:
    """Return the digest of the code that makes pages of what notebooks showed."""
    hashes = _hashes()
    return digest([code_digest(RENDERING, with_parents=False), *(hashes[name] for name in _AROUND)])


def code_digest(modules: Iterable[str], with_parents: bool = True) -> str:
    """Return the digest of modules, of all they import, and of the texts and styles beside them.

    Examples
    --------
    >>> code_digest(["fourpillars.errors"]) == code_digest(["fourpillars.scores"])
    False
    """
    hashes = _hashes()
    files = {_files()[module] for module in _closure(modules, with_parents)}
    folders = tuple(f"{file.rpartition('/')[0]}/" for file in files if "/" in file)
    files |= {name for name in hashes if not name.endswith(".py") and name.startswith(folders)}
    return digest(sorted((name, hashes[name]) for name in files))


def closure(modules: Iterable[str], with_parents: bool = True) -> set[Path]:
    """Return the files of modules of this package and of all they import; `with_parents` counts the packages
    they stand in, which run first.

    Examples
    --------
    >>> sorted(path.name for path in closure(["fourpillars.errors"]))
    ['__init__.py', 'errors.py']
    """
    return {ROOT / _files()[module] for module in _closure(modules, with_parents)}


def _closure(modules: Iterable[str], with_parents: bool) -> set[str]:
    edges = _edges(with_parents)
    waiting = [part for name in modules if name.split(".")[0] == PACKAGE for part in _parts(name, with_parents)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in edges and name not in found:
            found.add(name)
            waiting += edges[name] - found
    return found


@lru_cache(maxsize=2)
def _edges(with_parents: bool) -> dict[str, frozenset[str]]:
    """Return by module the modules that come with it directly."""
    graph = _graph()
    return {
        module: frozenset(part for name in imported for part in _parts(name, with_parents) if part in graph)
        for module, imported in graph.items()
    }


def _of_notebook(source: str) -> list[str]:
    """Return what a notebook imports; all of this package where its cells are no plain Python."""
    try:
        return _imported(source)
    except SyntaxError:
        return [*_graph()]


def _parts(name: str, with_parents: bool) -> list[str]:
    """Return what a dotted name may be a module of: 'module.function' is known by its module."""
    parts = name.split(".")
    lengths = range(1 if with_parents else max(1, len(parts) - 1), len(parts) + 1)
    return [".".join(parts[:length]) for length in lengths]


@lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    """Return the file of every module, below the package."""
    return {_module(name): name for name in _hashes() if name.endswith(".py")}


@lru_cache(maxsize=1)
def _hashes() -> dict[str, str]:
    """Return the SHA-256 of every file of the package by its path below it."""
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files_below(ROOT, {"__pycache__"})}


@lru_cache(maxsize=1)
def _graph() -> dict[str, list[str]]:
    """Return what each module imports; a source read before is not read again."""
    hashes = {name: value for name, value in _hashes().items() if name.endswith(".py")}
    reader = hashes[Path(__file__).relative_to(ROOT).as_posix()]
    kept = cache.user_folder() / "imports.json"
    known = cache.read_json(kept)
    keys = {_module(name): f"{_module(name)} {value} {reader}" for name, value in hashes.items()}
    found = {
        key: known[key] if key in known else _imported((ROOT / _files()[module]).read_text(encoding="utf-8"), module)
        for module, key in keys.items()
    }
    if found != known:
        cache.write_json(kept, found)
    return {module: _with_dynamic(found[key], set(keys)) for module, key in keys.items()}


def _with_dynamic(imported: list[str], modules: set[str]) -> list[str]:
    """Put a package's modules in place of 'package.*'."""
    named = [name for name in imported if not name.endswith(".*")]
    packages = tuple(name.removesuffix("*") for name in imported if name.endswith(".*"))
    return [*named, *(module for module in modules if packages and module.startswith(packages))]


def _module(file: str) -> str:
    return f"{PACKAGE}/{file}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(source: str, module: str = "") -> list[str]:
    """Return the names a source imports, and 'package.*' where it imports by names not known before the
    run."""
    tree = ast.parse(_without_magics(source))
    aliases: dict[str, str] = {}
    found: dict[str, None] = {}
    for node in _run_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found[alias.name] = None
                aliases[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found[full] = None
                aliases[alias.asname or alias.name] = full
    found.update(dict.fromkeys(_attributes(tree, aliases)))
    if "import_module" in source or "__import__" in source:
        found.update(dict.fromkeys(_dynamic(tree, module)))
    return [name for name in found if name.split(".")[0] == PACKAGE]


def _attributes(tree: ast.AST, aliases: dict[str, str]) -> Iterator[str]:
    """Yield what attributes of imported packages stand for: `fp.nation` may be a module; `fp` alone, all."""
    heads = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            heads.add(id(node.value))
            if node.value.id in aliases:
                yield f"{aliases[node.value.id]}.{node.attr}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            yield from _dotted(node, aliases)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and id(node) not in heads and _is_package(aliases.get(node.id, "")):
            yield f"{aliases[node.id]}.*"


def _dotted(node: ast.Attribute, aliases: dict[str, str]) -> Iterator[str]:
    names = []
    value: ast.AST = node
    while isinstance(value, ast.Attribute):
        names.append(value.attr)
        value = value.value
    if isinstance(value, ast.Name) and value.id in aliases:
        yield ".".join([aliases[value.id], *reversed(names)])


def _is_package(name: str) -> bool:
    return name.split(".")[0] == PACKAGE and ROOT.parent.joinpath(*name.split(".")).is_dir()


def _dynamic(tree: ast.AST, module: str) -> Iterator[str]:
    """Yield 'package.*' for what imports by name, save in a package's own `__getattr__`: who asks it is
    seen."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name == "__getattr__":
            return
    yield f"{module.rpartition('.')[0]}.*"


def _run_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree without what only type checkers read."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def _without_magics(source: str) -> str:
    return "\n".join("pass" if line.startswith(("%", "!")) else line for line in source.splitlines())
