"""A corpus of synthetic data files by kind, each with what must be read from it. The figures are made up.

`make(number)` is one file: always the same for the same number. A file is a matrix of texts first, so that a
mutant is the same file with one other cell; `save` writes it in its format.
"""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from fourpillars.catalogue.codelists import Codelists
from fourpillars.files.read import read_sheets
from fourpillars.files.sheet import UnreadableFileError
from fourpillars.observations.intake.questions import Answers
from fourpillars.observations.intake.understand import understand

FORMATS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "tsv", "semicolon", "xlsx", "parquet", "sdmx-csv", "sdmx-ml",
           "sdmx-ml-specific")  # fmt: skip
SHAPES = ("wide", "transposed", "long", "two headings", "growth beside", "parts of a period")
TABLES = FORMATS[:7]
LONG = FORMATS[7:]
MISSING = ("—", "…", "", "-", "n.a.", "/")
Key = tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file of the corpus: its cells, how it is written, what it says, and which cell says it."""

    number: int
    format: str
    shape: str
    rows: list[list[str]]
    expected: dict[Key, Decimal]
    places: dict[tuple[int, int], Key]
    values: dict[str, str]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    first: int = 1
    numeric: bool = field(default=False)

    @property
    def suffix(self) -> str:
        return {"xlsx": ".xlsx", "parquet": ".parquet"}.get(self.format, ".xml" if "ml" in self.format else ".csv")

    def with_cell(self, row: int, column: int, text: str) -> File:
        rows = [list(cells) for cells in self.rows]
        rows[row][column] = text
        return replace(self, rows=rows)


@dataclass(frozen=True)
class Theme:
    """What a table is about: a measure, its unit, basis and frequency, and what stands beside each other."""

    measure: str
    unit: str
    freq: str
    basis: str
    over: str
    said: dict[str, str]
    item: str = ""


def themes(lists: Codelists) -> list[Theme]:
    nation, industry = {"ref_area": "CN"}, {"activity": "B-D"}
    return [
        Theme("value_added_growth", "pct_yoy", "M", "month", "activity", nation),
        Theme("value_added_growth", "pct_yoy", "M", "ytd", "ref_area", industry),
        Theme("operating_revenue", "cny_100m", "M", "ytd", "activity", nation),
        Theme("total_profit", "cny_100m", "M", "ytd", "activity", nation),
        Theme("accounts_receivable", "cny_100m", "M", "end_of_period", "activity", nation),
        Theme("gdp", "cny_100m", "A", "year", "ref_area", {"activity": "_T"}),
        Theme("population", "persons_10k", "A", "year", "ref_area", {"activity": "_T"}),
        Theme("capacity_utilization", "pct", "Q", "quarter", "activity", nation),
        Theme("output", "10k_t", "M", "month", "item", nation | industry),
        Theme("output_growth", "pct_yoy", "M", "ytd", "item", nation | industry),
        Theme("pmi", "index_50", "M", "month", "measure", {"ref_area": "CN", "activity": "C"}),
    ]


def make(number: int, lists: Codelists) -> File:
    """Return the file of a number."""
    rng = random.Random(number)
    theme = themes(lists)[number % 11]
    format_ = FORMATS[(number // 11) % len(FORMATS)]
    shape = "long" if format_ in LONG else SHAPES[(number // 121) % len(SHAPES)]
    if shape == "growth beside" and theme.measure not in ("operating_revenue", "total_profit", "accounts_receivable"):
        shape = "wide"
    if shape == "parts of a period" and theme.freq != "M":
        shape = "long"
    units = _units(rng, theme, lists)
    periods = _periods(rng, theme.freq)
    maker = {"wide": _wide, "transposed": _transposed, "long": _long, "two headings": _two_headings,
             "growth beside": _growth_beside, "parts of a period": _parts}[shape]  # fmt: skip
    return maker(_Pen(rng, theme, format_, lists), number, units, periods)


def _units(rng: random.Random, theme: Theme, lists: Codelists) -> list[str]:
    if theme.over == "activity":
        codes = lists.divisions()
    elif theme.over == "ref_area":
        codes = lists.provinces()
    elif theme.over == "item":
        items = lists.items
        codes = [code for code in items.index if "products" in items.at[code, "lists"].split(";")
                 and (theme.measure != "output" or items.at[code, "unit"] == "10k_t")
                 and (items["name_zh"] == items.at[code, "name_zh"]).sum() == 1]  # fmt: skip
    else:
        codes = [code for code in lists.measures.index if code.startswith("pmi")]
    return rng.sample(codes, min(len(codes), rng.randint(2, 9)))


def _periods(rng: random.Random, freq: str) -> list[str]:
    year, count = rng.randint(2016, 2030), rng.randint(1, 5)
    if freq == "A":
        return [str(year + n) for n in range(count)]
    if freq == "Q":
        return [f"{year}-Q{n}" for n in range(1, min(count, 4) + 1)]
    return [f"{year}-{month:02d}" for month in range(3, 3 + count)]


class _Pen:
    """Writes labels, periods and figures of a theme as tables do, in one of their ways."""

    def __init__(self, rng: random.Random, theme: Theme, format_: str, lists: Codelists) -> None:
        self.rng, self.theme, self.format, self.lists = rng, theme, format_, lists
        self.lang = rng.choice(("zh", "zh", "zh", "en", "code"))
        self.wide_digits = rng.random() < 0.15 and format_ in TABLES[:3]
        self.thousands = rng.random() < 0.3
        self.percent = rng.random() < 0.3 and theme.unit.startswith("pct")
        self.scaled = rng.random() < 0.4 and theme.unit == "cny_100m"
        self.month_style = rng.choice(("zh", "zh", "iso", "english", "compact", "m"))
        self.numeric = format_ == "xlsx" and rng.random() < 0.7
        self.noted = rng.random() < 0.3
        self.titled = rng.random() < 0.4 and format_ in TABLES
        self.footed = rng.random() < 0.4 and format_ in TABLES
        self.gaps = rng.random() < 0.5
        self.values: dict[str, str] = dict(theme.said)

    def key(self, unit: str, period: str, measure: str = "", its_unit: str = "") -> Key:
        theme = self.theme
        codes = {"ref_area": "", "activity": "", "item": theme.item, "measure": theme.measure} | theme.said
        codes[theme.over] = unit
        return (
            *(codes["ref_area"], codes["activity"], "", codes["item"], measure or codes["measure"]),
            *(theme.freq, period, theme.basis, its_unit or theme.unit),
        )

    def label(self, unit: str) -> str:
        frame = {"activity": self.lists.activities, "ref_area": self.lists.ref_areas, "item": self.lists.items,
                 "measure": self.lists.measures}[self.theme.over]  # fmt: skip
        if self.lang == "code":
            return unit
        name = frame.at[unit, f"name_{self.lang}"]
        if self.lang == "zh" and self.format in TABLES:
            if self.theme.over == "ref_area" and self.rng.random() < 0.5:
                name = frame.at[unit, "name_zh_full"]
            if self.rng.random() < 0.15:
                name = "  其中：" + name
            elif len(name) == 2 and self.rng.random() < 0.3:
                name = f"{name[0]}　{name[1]}"
            if self.noted and self.rng.random() < 0.3:
                name += self.rng.choice(("①", "*", "（注1）", "[2]"))
        return name

    def period(self, period: str, year: bool = True) -> str:
        theme = self.theme
        if theme.freq == "A":
            return period + "年" * (self.month_style == "zh")
        if theme.freq == "Q":
            quarter = "一二三四"[int(period[-1]) - 1]
            return f"{period[:4]}年{quarter}季度" if self.month_style == "zh" else period
        number, month = int(period[5:]), period[5:]
        if self.month_style in ("zh", "m") or not year:
            return f"{period[:4]}年" * year + self._chinese(number)
        self.values["basis"] = theme.basis
        names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        if self.month_style == "english":
            return f"{names[number - 1]}-{period[2:4]}"
        return period if self.month_style == "iso" else period[:4] + month

    def _chinese(self, number: int) -> str:
        if self.theme.basis == "ytd":
            return self.rng.choice((f"1-{number}月", f"1—{number}月", f"1－{number}月份"))
        return f"{number}月{'末' if self.theme.basis == 'end_of_period' else ''}"

    def unit_text(self) -> str:
        if self.scaled:
            return "万元"
        return {"cny_100m": "亿元", "persons_10k": "万人", "10k_t": "万吨", "pct": "%", "pct_yoy": "%", "index_50": ""}[
            self.theme.unit
        ]

    def figure(self) -> tuple[str, Decimal | None]:
        """Return a figure as written, and the value it has in the project's unit; None where there is none."""
        rng, theme = self.rng, self.theme
        if self.gaps and rng.random() < 0.12:
            return rng.choice(MISSING), None
        if theme.unit in ("pct_yoy",):
            value = Decimal(rng.randint(-300, 400)) / 10
        elif theme.unit in ("pct", "index_50"):
            value = Decimal(rng.randint(200, 900)) / 10
        else:
            value = Decimal(rng.randint(100, 9_999_999)) / 100
        written = value * 10_000 if self.scaled else value
        text = f"{written.normalize():f}"
        if self.numeric:
            return text, value
        if self.thousands and self.format not in LONG:
            text = f"{Decimal(text):,f}"
        if self.percent:
            text += "%"
        if self.noted and rng.random() < 0.2 and self.format in TABLES:
            text += rng.choice(("①", "*", "[1]"))
        if self.wide_digits:
            text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-%"})
        return text, value

    def heading(self, text: str) -> str:
        unit = self.unit_text()
        return f"{text}（{unit}）" if unit else text

    def measure(self) -> str:
        column = "name_en" if self.lang == "en" else "name_zh"
        return self.theme.measure if self.lang == "code" else self.lists.measures.at[self.theme.measure, column]

    def corner(self) -> str:
        return {"activity": ("行业", "industry"), "ref_area": ("地区", "region"), "item": ("产品名称", "product"),
                "measure": ("指标", "indicator")}[self.theme.over][self.lang == "en"]  # fmt: skip

    def finish(self, number: int, shape: str, rows: list, places: dict, expected: dict, head: int, merged=()) -> File:
        """Put title and footnotes around a table."""
        top = 0
        if self.titled:
            top = 2
            rows = [["2024年以来工业主要数据"], ["（合成数据，仅供测试）"], *rows]
        if self.footed:
            rows = [*rows, [], ["注：本表为合成数据。"], ["资料来源：测试。"]]
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        places = {(row + top, column): key for (row, column), key in places.items()}
        merged = tuple((a + top, b, c + top, d) for a, b, c, d in merged)
        return File(number, self.format, shape, rows, expected, places, self.values, merged, head + top, self.numeric)


def _sheet(pen: _Pen, units: list[str], periods: list[str], transposed: bool) -> tuple[list, dict, dict]:
    """Return the body of a table of units by periods, and what it says where."""
    expected, places, rows = {}, {}, []
    outer, inner = (periods, units) if transposed else (units, periods)
    for r, a in enumerate(outer):
        row = [pen.period(a) if transposed else pen.label(a)]
        for c, b in enumerate(inner, start=1):
            unit, period = (b, a) if transposed else (a, b)
            text, value = pen.figure()
            places[r, c] = pen.key(unit, period)
            if value is not None:
                expected[places[r, c]] = value
            row.append(text)
        rows.append(row)
    return rows, expected, places


def _say_measure_and_unit(pen: _Pen) -> None:
    if pen.theme.over != "measure":
        pen.values["measure"] = pen.theme.measure
    if pen.unit_text():
        pen.values["unit"] = pen.unit_text()


def _wide(pen: _Pen, number: int, units: list[str], periods: list[str]) -> File:
    head = [pen.corner(), *(pen.period(period) for period in periods)]
    rows, expected, places = _sheet(pen, units, periods, transposed=False)
    _say_measure_and_unit(pen)
    return pen.finish(number, "wide", [head, *rows], _down(places, 1), expected, 1)


def _transposed(pen: _Pen, number: int, units: list[str], periods: list[str]) -> File:
    head = [("时间", "period")[pen.lang == "en"], *(pen.heading(pen.label(unit)) for unit in units)]
    rows, expected, places = _sheet(pen, units, periods, transposed=True)
    _say_measure_and_unit(pen)
    if pen.unit_text():
        pen.values.pop("unit")
    if pen.theme.over == "item":  # some products are categories of goods, too
        pen.values.setdefault("measure", pen.theme.measure)
    return pen.finish(number, "transposed", [head, *rows], _down(places, 1), expected, 1)


def _two_headings(pen: _Pen, number: int, units: list[str], periods: list[str]) -> File:
    if pen.theme.over == "measure":
        return _wide(pen, number, units, periods)
    last = len(periods)
    top = [pen.corner(), pen.heading(pen.measure()), *[""] * (last - 1)]
    head = ["", *(pen.period(period) for period in periods)]
    rows, expected, places = _sheet(pen, units, periods, transposed=False)
    merged = ((0, 0, 1, 0), *([(0, 1, 0, last)] if last > 1 else []))
    return pen.finish(number, "two headings", [top, head, *rows], _down(places, 2), expected, 2, merged)


def _growth_beside(pen: _Pen, number: int, units: list[str], periods: list[str]) -> File:
    """A table of one month: the level, and its growth on the year before."""
    period = periods[0]
    pen.percent = False
    name = pen.lists.measures.at[pen.theme.measure, "name_zh"]
    top = [pen.corner(), name, ""]
    head = ["", f"{pen.period(period)}（{pen.unit_text()}）", "同比增长（%）"]
    growth = f"{pen.theme.measure}_growth"
    pen.values["time_period"] = period
    if pen.theme.basis == "end_of_period" or pen.month_style not in ("zh", "m"):
        pen.values["basis"] = pen.theme.basis
    rows, expected, places = [], {}, {}
    for r, unit in enumerate(units, start=2):
        level, value = pen.figure()
        rate = Decimal(pen.rng.randint(-99, 300)) / 10
        places[r, 1], places[r, 2] = pen.key(unit, period), pen.key(unit, period, growth, "pct_yoy")
        if value is not None:
            expected[places[r, 1]] = value
        expected[places[r, 2]] = rate
        rows.append([pen.label(unit), level, f"{rate}"])
    pen.values["basis"] = pen.theme.basis
    return pen.finish(number, "growth beside", [top, head, *rows], places, expected, 2, ((0, 0, 1, 0), (0, 1, 0, 2)))


def _parts(pen: _Pen, number: int, units: list[str], periods: list[str]) -> File:
    """A long table with the year and the month in columns of their own."""
    head = ["年份", "月份", pen.corner(), pen.heading("数值")]
    rows, expected, places = [], {}, {}
    for unit in units:
        for period in periods:
            text, value = pen.figure()
            places[len(rows) + 1, 3] = pen.key(unit, period)
            if value is not None:
                expected[pen.key(unit, period)] = value
            rows.append([period[:4], pen.period(period, year=False), pen.label(unit), text])
    if pen.theme.over != "measure":
        pen.values["measure"] = pen.theme.measure
    return pen.finish(number, "parts of a period", [head, *rows], places, expected, 1)


def _long(pen: _Pen, number: int, units: list[str], periods: list[str]) -> File:
    """A row an observation, under the columns of the statistics, in SDMX's capitals or in Chinese."""
    theme = pen.theme
    if pen.format not in TABLES or pen.lang == "code":
        pen.scaled = pen.percent = pen.thousands = pen.wide_digits = False
    sdmx = pen.format in LONG
    chinese = not sdmx and pen.lang != "code"
    names = ["ref_area", "activity", "item", "measure", "freq", "time_period", "basis", "unit", "obs_value"]
    shown = {"ref_area": "地区", "activity": "行业", "item": "产品", "measure": "指标", "freq": "频率",
             "time_period": "时间", "basis": "口径", "unit": "单位", "obs_value": "数值"}  # fmt: skip
    head = [shown[name] if chinese else name.upper() if sdmx else name for name in names]
    rows, expected, places = [], {}, {}
    for unit in units:
        for period in periods:
            text, value = pen.figure()
            key = pen.key(unit, period)
            codes = dict(zip(("ref_area", "activity", "ownership", "item", "measure", "freq", "time_period", "basis",
                              "unit"), key, strict=True))  # fmt: skip
            if chinese:
                codes[theme.over] = pen.label(unit)
                codes["unit"] = pen.unit_text() or codes["unit"]
            places[len(rows) + 1, 8] = key
            if value is not None:
                expected[key] = value
            rows.append([*(codes[name] for name in names[:-1]), text])
    if pen.format == "sdmx-csv":
        head = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *head]
        rows = [["dataflow", "TEST:DF(1.0)", "A", *row] for row in rows]
        places = {(row, column + 3): key for (row, column), key in places.items()}
    pen.values = {}
    if pen.format in LONG:
        pen.titled = pen.footed = False
    return pen.finish(number, "long", [head, *rows], places, expected, 1)


def _down(places: dict, rows: int) -> dict:
    return {(row + rows, column): key for (row, column), key in places.items()}


def save(file: File, folder: Path) -> Path:
    """Write a file of the corpus into a folder."""
    path = folder / f"file_{file.number:04d}{file.suffix}"
    writer = {"xlsx": _save_xlsx, "parquet": _save_parquet, "sdmx-ml": _save_generic,
              "sdmx-ml-specific": _save_specific}.get(file.format, _save_csv)  # fmt: skip
    writer(file, path)
    return path


def _save_csv(file: File, path: Path) -> None:
    text = io.StringIO()
    delimiter = {"tsv": "\t", "semicolon": ";"}.get(file.format, ",")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n" if file.number % 3 == 0 else "\n").writerows(file.rows)
    encoding = {"tsv": "utf-8", "semicolon": "utf-8", "sdmx-csv": "utf-8"}.get(file.format, file.format)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))


def _save_xlsx(file: File, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("数据")
        plain, percent = book.add_format(), book.add_format({"num_format": "0.0%"})
        inside = set()
        for top, left, bottom, right in file.merged:
            sheet.merge_range(top, left, bottom, right, file.rows[top][left], plain)
            inside |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        for r, row in enumerate(file.rows):
            for c, cell in enumerate(row):
                if (r, c) in inside or not cell:
                    continue
                if file.numeric and (r, c) in file.places and re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", cell):
                    shares = file.number % 2 and file.places[r, c][-1].startswith("pct")
                    if shares:
                        sheet.write_number(r, c, float(Decimal(cell) / 100), percent)
                    else:
                        sheet.write_number(r, c, float(cell))
                else:
                    sheet.write_string(r, c, cell)


def _save_parquet(file: File, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    head, *rows = file.rows
    columns = {name or f"_{place}": [row[place] or None for row in rows] for place, name in enumerate(head)}
    value = head.index("OBS_VALUE") if "OBS_VALUE" in head else -1
    table = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    if value >= 0 and file.number % 2:
        numbers = [_float(row[value]) for row in rows]
        if all(number is not None or row[value] in MISSING for number, row in zip(numbers, rows, strict=True)):
            table["OBS_VALUE"] = pa.array(numbers, pa.float64())
    pq.write_table(pa.table(table), path)


def _float(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text) else None


_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<mes:{root} xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:gen="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
 xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
 xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
 xmlns:ns="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=TEST:DSD(1.0):ObsLevelDim:AllDimensions"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<mes:Header><mes:ID>T</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2026-01-01T00:00:00</mes:Prepared>
<mes:Sender id="T"/><mes:Structure structureID="S" dimensionAtObservation="AllDimensions"{name}><com:Structure>
<Ref id="DSD" agencyID="TEST" version="1.0" class="DataStructure"/></com:Structure></mes:Structure></mes:Header>
{data}
</mes:{root}>
"""


def _save_generic(file: File, path: Path) -> None:
    from xml.sax.saxutils import quoteattr

    head, *rows = file.rows
    observations = []
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        value = cells.pop("OBS_VALUE", "")
        if value in MISSING:
            continue
        keys = "".join(f"<gen:Value id={quoteattr(n)} value={quoteattr(v)}/>" for n, v in cells.items())
        shown = f"<gen:ObsValue value={quoteattr(value)}/>"
        observations.append(f"<gen:Obs><gen:ObsKey>{keys}</gen:ObsKey>{shown}</gen:Obs>")
    data = '<mes:DataSet structureRef="S">' + "\n".join(observations) + "</mes:DataSet>"
    path.write_text(_ENVELOPE.format(root="GenericData", name="", data=data), encoding="utf-8")


def _save_specific(file: File, path: Path) -> None:
    from xml.sax.saxutils import quoteattr

    head, *rows = file.rows
    observations = []
    for row in rows:
        cells = dict(zip(head, row, strict=True))
        if cells.get("OBS_VALUE") in MISSING:
            continue
        observations.append("<Obs " + " ".join(f"{n}={quoteattr(v)}" for n, v in cells.items()) + "/>")
    where = 'ss:structureRef="S" xsi:type="ns:DataSetType" ss:dataScope="DataStructure" ss:action="Append"'
    data = f"<mes:DataSet {where}>" + "\n".join(observations) + "</mes:DataSet>"
    name = ' namespace="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=TEST:DSD(1.0)"'
    path.write_text(_ENVELOPE.format(root="StructureSpecificData", name=name, data=data), encoding="utf-8")


def read(file: File, path: Path, lists: Codelists) -> dict[Key, Decimal] | str:
    """Return the figures read from a file by key, or why it is refused."""
    try:
        said = understand(read_sheets(path), path.name, lists, Answers(values=file.values))
    except UnreadableFileError as error:
        return str(error)
    for problem in said.problems:
        if not (problem.file and (problem.line or problem.hint)):
            raise AssertionError(f"a problem without a place: {problem}")
    if said.problems or said.questions:
        return "; ".join(map(str, [*said.problems[:3], *said.questions[:3]]))
    found: dict[Key, Decimal] = {}
    for one in said.found:
        if found.setdefault(one.key, Decimal(one.value)) != Decimal(one.value):
            return f"{one.key} stands twice"
    return found


def wrong_in_mutant(file: File, row: int, column: int, found: dict[Key, Decimal]) -> set[Key]:
    """Return the keys that differ from what the file says, other than by the cell that was changed."""
    differing = {key for key in file.expected.keys() | found.keys() if file.expected.get(key) != found.get(key)}
    if (row, column) in file.places:
        return differing - {file.places[row, column]}
    if row >= file.first:
        touched = {key for (r, _), key in file.places.items() if r == row}
    else:
        touched = {key for (_, c), key in file.places.items() if c >= column or row < file.first - 2}
    gone, come = differing & file.expected.keys(), differing - file.expected.keys()
    known = gone <= touched and len(come) <= len(touched)
    return set() if known else differing
