"""The axes of the cube: provinces, industries and sizes, with the margins of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fourpillars.catalogue.codelists import ALL_INDUSTRY, NATION, Codelists
from fourpillars.errors import UnknownNameError
from fourpillars.observations.cube.columns import SIZES

AXES = ("ref_area", "activity", "size")


@dataclass(frozen=True)
class Axis:
    """One way the cube is divided.

    Attributes
    ----------
    name : str
        ref_area, activity or size.
    codes : tuple of str
        The codes of its places as observations write them; the whole is the last.
    parts : mapping
        For each margin, the places it is the sum of.
    levels : tuple of str
        The columns that divide it, from fine to coarse, without the whole.
    """

    name: str
    codes: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    levels: tuple[str, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each code."""
        return {code: number for number, code in enumerate(self.codes)}


def plain_axis(name: str, codes: Sequence[str], whole: str) -> Axis:
    """Return an axis of codes that add up to a whole.

    Examples
    --------
    >>> plain_axis("size", ["size_large", "size_small"], "").parts
    {'': ('size_large', 'size_small')}
    """
    return Axis(name, (*codes, whole), {whole: tuple(codes)}, (name,))


def axes_of(codelists: Codelists, by: Sequence[str] = AXES) -> tuple[Axis, Axis, Axis]:
    """Return the three axes; one that is not asked for has its whole alone.

    Raises
    ------
    UnknownNameError
        If `by` names no axis.

    Examples
    --------
    >>> from fourpillars.catalogue.codelists import load_codelists
    >>> [len(axis.codes) for axis in axes_of(load_codelists())]
    [32, 45, 5]
    """
    for name in by:
        if name not in AXES:
            raise UnknownNameError.of("axis", name, AXES)
    parents = sectors(codelists)
    ordered = sorted(set(parents.values()))
    of_sector = {s: tuple(code for code, parent in parents.items() if parent == s) for s in ordered}
    activity = Axis(
        "activity",
        (*parents, *ordered, ALL_INDUSTRY),
        of_sector | {ALL_INDUSTRY: tuple(ordered)},
        ("activity", "sector"),
    )
    whole = {
        "ref_area": plain_axis("ref_area", codelists.provinces(), NATION),
        "activity": activity,
        "size": plain_axis("size", [f"size_{size}" for size in SIZES], ""),
    }
    first, second, third = (axis if name in by else Axis(name, axis.codes[-1:], {}, ()) for name, axis in whole.items())
    return first, second, third


def sectors(codelists: Codelists) -> dict[str, str]:
    """Return the sector of each division."""
    return {code: str(codelists.activities.loc[code, "parent"]) for code in codelists.divisions()}
