"""A new indicator: its entry in the catalogue, maybe a function, and a test that holds it to a published figure."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from fourpillars.catalogue import load_catalogue
from fourpillars.catalogue.catalogue import INDICATORS, read_catalogue
from fourpillars.catalogue.problems import DataError
from fourpillars.catalogue.project import Project
from fourpillars.editions.new.files import with_item, write_all
from fourpillars.editions.new.published import Published, published
from fourpillars.errors import FourPillarsError, UnknownNameError

if TYPE_CHECKING:
    from fourpillars.catalogue import Catalogue

START = "operating_revenue_growth"
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TEST = '''"""The indicator {code}: a figure as it was published."""

from __future__ import annotations

import pytest

from fourpillars.catalogue import load_catalogue
from fourpillars.indicators import compute
from fourpillars.observations import load_observations


def test_it_is_as_published() -> None:
    panel = compute(load_observations(), load_catalogue())
    made = panel.explain("{code}", "{ref_area}", "{activity}", "{period}")
    assert made.value == pytest.approx({value!r})  # {source}
'''
_FUNCTION = '''

def {code}(inputs: Inputs) -> Quantity:
    """{name}, as published."""
    return inputs.series("{measure}", "{basis}", "{freq}", unit="{unit}")
'''


@dataclass(frozen=True)
class NewIndicator:
    """What was made: the entry's file, the test, the function's file if there is one, and what is measured."""

    code: str
    measure: str
    catalogue: Path
    test: Path
    function: Path | None


def new_indicator(
    project: Project, code: str, *, measure: str = "", pillar: str = "stability", function: bool = False
) -> NewIndicator:
    """Add an indicator that is computed, shown and tested as it is, and scored by no one yet (weight 0).

    Parameters
    ----------
    code : str
        a-z, 0-9 and underscores.
    measure : str
        What it reads for a start: by default the measure of its own name, or the growth of revenue.
    pillar : {'stability', 'expansion', 'innovation', 'growth'}
    function : bool
        Compute it by a function in `src/fourpillars/indicators/<pillar>.py`.

    Raises
    ------
    FourPillarsError
        If the code does not suit or is taken, the measure or pillar is unknown, nothing is published of the
        measure, or something cannot be written; nothing has changed then.
    """
    catalogue = load_catalogue(project)
    test = project.root / "tests" / "indicators" / f"test_{code}.py"
    _refuse_code(catalogue, test, code)
    pillars = [one.code for one in catalogue.pillars]
    if pillar not in pillars:
        raise UnknownNameError.of("pillar", pillar, pillars)
    measure = measure or (code if code in catalogue.measures.index else START)
    found = published(project, catalogue, measure)
    module = _module(project, pillar, code) if function else None
    entry = _entry(catalogue, code, pillar, found, by_function=function)
    path = project.catalogue / INDICATORS
    texts = {path: with_item(path.read_text(encoding="utf-8"), "indicators", _as_yaml(entry), project.relative(path))}
    _check(project, texts[path], code)
    texts[test] = _TEST.format(code=code, **vars(found.sample))
    if module is not None:
        own = _FUNCTION.format(**vars(found) | {"code": code, "name": entry["name"]["en"]})
        texts[module] = module.read_text(encoding="utf-8").rstrip() + "\n" + own
    write_all(texts)
    return NewIndicator(code, measure, path, test, module)


def _refuse_code(catalogue: Catalogue, test: Path, code: str) -> None:
    if not _CODE.fullmatch(code):
        raise FourPillarsError(
            f"{code!r} cannot name an indicator.", "Write a-z, 0-9 and underscores, a letter first: export_share."
        )
    if code in catalogue.indicators:
        raise FourPillarsError(f"There is an indicator {code!r} already.", "Choose another name.")
    if test.exists():
        raise FourPillarsError(f"There is a test {test.name} already.", "Choose another name, or move the test.")


def _module(project: Project, pillar: str, code: str) -> Path:
    """Return the file the function goes into: that of the checkout whose code is running."""
    from importlib import import_module

    running = Path(import_module(f"fourpillars.indicators.{pillar}").__file__)
    path = project.root / "src" / "fourpillars" / "indicators" / f"{pillar}.py"
    if not path.is_file() or not path.samefile(running):
        raise FourPillarsError(
            "A function needs the checkout whose code is running, and this project is none.",
            "Leave --function away, and combine published series by ratio or difference.",
        )
    if re.search(rf"^(def|class) {code}\b|^{code} =", path.read_text(encoding="utf-8"), re.MULTILINE):
        raise FourPillarsError(f"There is a {code!r} in {project.relative(path)} already.", "Choose another name.")
    return path


def _entry(catalogue: Catalogue, code: str, pillar: str, found: Published, *, by_function: bool) -> dict[str, Any]:
    names = {lang: str(catalogue.measures.loc[found.measure, f"name_{lang}"]) for lang in ("en", "zh")}
    clauses = catalogue.clauses
    clause = clauses.loc[(clauses["pillar"] == pillar) & (clauses["coverage"] != "not_measured"), "clause_id"].iloc[0]
    series = {"measure": found.measure, "basis": found.basis, "freq": found.freq}
    if ";" in str(catalogue.measures.loc[found.measure, "units"]):
        series["unit"] = found.unit
    how = {"method": "function", "function": f"{pillar}.{code}"} if by_function else {"method": "series"}
    return {
        "code": code,
        "pillar": pillar,
        "clause": [str(clause)],
        "name": names,
        "short": {"en": _short(names["en"]), "zh": names["zh"][:12]},
        "definition": {"en": f"{names['en']}, as published.", "zh": f"{names['zh']}，按公布值。"},
        "formula": {"en": "As published.", "zh": "按公布值。"},
        "kinds": list(found.kinds),
        **how,
        **({} if by_function else {"series": series}),
        "unit": found.unit,
        "polarity": 1,
        "frequency": found.freq,
        "weight": 0,
    }


def _short(name: str) -> str:
    """Return an English name for an axis, at most 28 letters, cut between words.

    Examples
    --------
    >>> _short("Growth of accounts receivable"), _short("Invention patents in force of enterprises")
    ('Accounts receivable growth', 'Invention patents in force')
    """
    if name.startswith("Growth of "):
        rest = name.removeprefix("Growth of ").removeprefix("the ")
        name = f"{rest[0].upper()}{rest[1:]} growth"
    words = name.split()
    while len(" ".join(words)) > 28 and len(words) > 1:
        words.pop()
        if words[-1] in ("of", "in", "and", "to", "for", "on") and len(words) > 1:
            words.pop()
    return " ".join(words)[:28]


def _as_yaml(entry: Mapping[str, Any]) -> str:
    """Return an entry a name a line, as those before it are written."""
    lines = []
    for name, value in entry.items():
        flow = isinstance(value, (dict, list))
        dumped = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, sort_keys=False, width=10**6)
        lines.append(f"{name}: {dumped.removesuffix('...' + chr(10)).strip()}")
    return "\n".join(lines)


def _check(project: Project, text: str, code: str) -> None:
    """Refuse to write a catalogue that would not load, or not with this one more."""
    with tempfile.TemporaryDirectory(prefix="fourpillars-") as folder:
        copy = Project(Path(folder))
        for source, target in ((project.codelists, copy.codelists), (project.catalogue, copy.catalogue)):
            shutil.copytree(source, target)
        (copy.catalogue / INDICATORS).write_text(text, encoding="utf-8")
        catalogue, problems = read_catalogue(copy)
    if problems:
        raise DataError(problems)
    if catalogue is None or next(reversed(catalogue.indicators)) != code:
        raise FourPillarsError(
            f"The indicator could not be added to {project.relative(project.catalogue / INDICATORS)}.",
            "Add it there by hand: the list `indicators` must be written an entry below the other.",
        )
