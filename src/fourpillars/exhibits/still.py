"""Still pictures of live charts: without what only a pointer or a script needs, and in few bytes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree

_LONG = re.compile(r"(?<![\d#.])-?\d+\.\d{2,}")
_PLACED = frozenset({"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r"})
_SAID_OUTSIDE = ("role", "aria-hidden", "aria-label", "aria-roledescription", "pointer-events")
_DEFAULTS = {
    "opacity": ("1",),
    "stroke-width": ("1",),
    "font-weight": ("400", "normal"),
    "transform": ("translate(0,0)",),
}
_INHERITED = ("fill", "stroke", "stroke-width", "text-anchor", "font-weight")
_DISC = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0(?:Z)?")
_SHAPE = re.compile(r"M-?[\d.]+,-?[\d.]+([a-z][-\d.,a-zZ]*Z)")
_MOVED = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")


def still(vegalite: dict[str, Any]) -> dict[str, Any]:
    """Return the chart without what only a pointer needs, such as the unseen points that catch it."""
    params = [
        {**param, "value": False} if param.get("name") == "alive" else param for param in vegalite.get("params", [])
    ]
    return {**vegalite, "params": params} if params else vegalite


def slim(svg: str) -> str:
    """Return the same picture in fewer bytes, and without links, which an image cannot hold.

    What is drawn alike is said once; places stand to a tenth of a pixel; roles and labels of single marks go,
    as the whole is one image with one text.

    Examples
    --------
    >>> slim('<svg a="1"><text font-family="Inter" font-size="12px" x="1.23456">a 1.23456</text></svg>')
    '<svg font-family="Inter" font-size="12px" a="1"><text x="1.2">a 1.23456</text></svg>'
    """
    root = etree.fromstring(svg.encode())
    for element in root.iter(etree.Element):
        _without_defaults(element)
    _without_unseen(root)
    for group in root.iter("{*}g"):
        _say_once(group)
        _draw_together(group)
    return _type_said_once(etree.tostring(root, encoding="unicode"))


def _without_defaults(element: Any) -> None:
    said = dict(element.attrib)
    for name, value in said.items():
        if name in _SAID_OUTSIDE or value in _DEFAULTS.get(name, ()):
            del element.attrib[name]
        elif name in _PLACED and (short := _LONG.sub(_to_a_tenth, value)) != value:
            element.set(name, short)
        elif name == "class":
            element.set("class", value.split()[0])
    if "transform" in said and element.tag.rpartition("}")[2] == "text" and len(element) == 0 and not said.get("x"):
        _place_by_itself(element)
    if "d" in said:
        _as_a_disc(element)


def _place_by_itself(text: Any) -> None:
    moved = _MOVED.fullmatch(text.get("transform", ""))
    if moved:
        del text.attrib["transform"]
        text.set("x", moved[1])
        text.set("y", moved[2])


def _as_a_disc(path: Any) -> None:
    """Make a disc of a path that is one; it stays moved by `transform`: discs alike in all but their place weigh little
    in a PDF."""
    disc = _DISC.fullmatch(path.get("d"))
    if disc:
        path.tag = path.tag.removesuffix("path") + "circle"
        del path.attrib["d"]
        path.set("r", disc[1])


def _without_unseen(root: Any) -> None:
    """Take out what is not drawn, and the groups and links around what is."""
    for element in [*root.iter(etree.Element)][:0:-1]:
        name = etree.QName(element).localname
        hidden = element.get("display") == "none"
        empty = name == "g" and len(element) == 0
        ground = element.get("class") == "background" and not {"fill", "stroke", "style"} & set(element.attrib)
        if hidden or empty or ground:
            element.getparent().remove(element)
        elif name == "a" or (name == "g" and not element.attrib):
            parent = element.getparent()
            place = parent.index(element)
            parent[place : place + 1] = list(element)


def _say_once(group: Any) -> None:
    """Move to a group what all or most of its marks say."""
    marks = list(group)
    if len(marks) < 2 or any(len(mark) and etree.QName(mark).localname == "g" for mark in marks):
        return
    for name in _INHERITED:
        values = [mark.get(name) for mark in marks]
        if None in values or name in group.attrib:
            continue
        common, count = Counter(values).most_common(1)[0]
        if count > 1:
            group.set(name, common)
            for mark in marks:
                if mark.get(name) == common:
                    del mark.attrib[name]


def _draw_together(group: Any) -> None:
    """Draw neighbours of one form and look as one path: such as the months of a light strip."""
    if any(name.endswith("opacity") for name in group.attrib):
        return
    before = form = None
    for mark in list(group):
        shape = _SHAPE.fullmatch(mark.get("d", "")) if len(mark.attrib) == 1 else None
        if shape and shape[1] == form:
            before.set("d", before.get("d") + mark.get("d"))
            group.remove(mark)
        else:
            before, form = mark, shape and shape[1]


def _type_said_once(svg: str) -> str:
    attributes = ""
    for name in ("font-family", "font-size"):
        counted = Counter(re.findall(f' {name}="[^"]*"', svg))
        if counted:
            common = counted.most_common(1)[0][0]
            attributes += common
            svg = re.sub(rf"(<[^<>]*?){re.escape(common)}", r"\1", svg)
    return svg.replace("<svg", f"<svg{attributes}", 1)


def _to_a_tenth(found: re.Match[str]) -> str:
    short = f"{float(found[0]):.1f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
