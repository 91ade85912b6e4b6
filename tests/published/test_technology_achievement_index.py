"""The technology achievement index of 2001, and weights drawn from its indicators.

Sources: UNDP, Human Development Report 2001, technical note 2 and table A2.1 (the index: goalposts are
the least and greatest values observed, telephones and electricity in logarithms and capped at the OECD
average, four dimensions of two indicators each, arithmetic means); OECD and JRC, Handbook on Constructing
Composite Indicators (2008), tables A.2 (the data of the first 23 countries) and 16 to 18 (eigenvalues,
rotated loadings, weights). The logarithms are printed with two decimals, so the index can be reproduced
to 0.0015. Singapore is left out of the comparison: the Handbook filled a gap in its royalties that the
UNDP counted as zero.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from fourpillars.scores import FactorWeights, Framework, Goalposts, Recipe, ZScore, build
from fourpillars.scores.weight_components import loadings

COLUMNS = [
    "patents",
    "royalties",
    "internet",
    "exports",
    "telephones",
    "electricity",
    "schooling",
    "university",
    "tai",
]
PUBLISHED = """
Finland         187 125.6 200.2 50.7 3.08 4.15 10   27.4 0.744
United-States   289 130   179.1 66.2 3.00 4.07 12   13.9 0.733
Sweden          271 156.6 125.8 59.7 3.10 4.14 11.4 15.3 0.703
Japan           994 64.6  49    80.8 3.00 3.86 9.5  10   0.698
Korea           779 9.8   4.8   66.7 2.97 3.65 10.8 23.2 0.666
Netherlands     189 151.2 136   50.9 3.02 3.77 9.4  9.5  0.630
United-Kingdom  82  134   57.4  61.9 3.02 3.73 9.4  14.9 0.606
Canada          31  38.6  108   48.7 2.94 4.18 11.6 14.2 0.589
Australia       75  18.2  125.9 16.2 2.94 3.94 10.9 25.3 0.587
Singapore       8   25.5  72.3  74.9 2.95 3.83 7.1  24.2 0.585
Germany         235 36.8  41.2  64.2 2.94 3.75 10.2 14.4 0.583
Norway          103 20.2  193.6 19   3.12 4.39 11.9 11.2 0.579
Ireland         106 110.3 48.6  53.6 2.97 3.68 9.4  12.3 0.566
Belgium         72  73.9  58.9  47.6 2.91 3.86 9.3  13.6 0.553
New-Zealand     103 13    146.7 15.4 2.86 3.91 11.7 13.1 0.548
Austria         165 14.8  84.2  50.3 2.99 3.79 8.4  13.6 0.544
France          205 33.6  36.4  58.9 2.97 3.80 7.9  12.6 0.535
Israel          74  43.6  43.2  45   2.96 3.74 9.6  11   0.514
Spain           42  8.6   21    53.4 2.86 3.62 7.3  15.6 0.481
Italy           13  9.8   30.4  51   3.00 3.65 7.2  13   0.471
Czech-Republic  28  4.2   25    51.7 2.75 3.68 9.5  8.2  0.465
Hungary         26  6.2   21.6  63.5 2.73 3.46 9.1  7.7  0.464
Slovenia        105 4     20.3  49.5 2.84 3.71 7.1  10.6 0.458
"""
GOALPOSTS = {
    "patents": ("creation", 0, 994), "royalties": ("creation", 0, 272.6), "internet": ("recent", 0, 232.4),
    "exports": ("recent", 0, 80.8), "telephones": ("old", 0, np.log10(901)),
    "electricity": ("old", np.log10(22), np.log10(6969)), "schooling": ("skills", 0.8, 12.0),
    "university": ("skills", 0.1, 27.4),
}  # fmt: skip


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rows = [line.split() for line in PUBLISHED.strip().splitlines()]
    return pd.DataFrame([row[1:] for row in rows], index=[row[0] for row in rows], columns=COLUMNS).astype(float)


def test_values_and_ranks(table: pd.DataFrame):
    rows = [(code, *rest) for code, rest in GOALPOSTS.items()]
    rows += [(group, "tai", None, None) for group in ("creation", "recent", "old", "skills")] + [
        ("tai", "", None, None)
    ]
    framework = Framework(pd.DataFrame(rows, columns=["code", "parent", "goalpost_low", "goalpost_high"]))
    others = table.drop(index="Singapore")
    result = build(others, framework, Recipe(normalise=Goalposts(high=1.0)))
    assert (result.scores["tai"] - others["tai"]).abs().max() < 0.0015
    assert result.ranks["tai"].tolist() == list(range(1, 23))


def test_new_zealand_dimension_by_dimension(table: pd.DataFrame):
    # As worked in the technical note: 0.076, 0.411 and 0.725 (old innovations from rounded logarithms: 0.984)
    rows = [(code, *rest) for code, rest in GOALPOSTS.items()]
    rows += [(group, "", None, None) for group in ("creation", "recent", "old", "skills")]
    framework = Framework(pd.DataFrame(rows, columns=["code", "parent", "goalpost_low", "goalpost_high"]))
    scores = build(table, framework, Recipe(normalise=Goalposts(high=1.0))).scores.loc["New-Zealand"]
    assert scores[["creation", "recent", "skills"]].round(3).tolist() == [0.076, 0.411, 0.725]
    assert scores["old"] == pytest.approx(0.984, abs=0.001)


def test_eigenvalues_of_the_handbook(table: pd.DataFrame):
    _, eigenvalues = loadings(table[list(GOALPOSTS)].to_numpy())
    assert eigenvalues.tolist() == pytest.approx([3.3, 1.7, 1.0, 0.9, 0.5, 0.3, 0.2, 0.1], abs=0.06)


def test_factor_weights_of_the_handbook(table: pd.DataFrame):
    framework = Framework(pd.DataFrame({"code": [*GOALPOSTS, "tai"], "parent": [*["tai"] * 8, ""]}))
    recipe = Recipe(normalise=ZScore(), weight=FactorWeights(least=0.85))
    weights = build(table, framework, recipe).framework.table["weight"][list(GOALPOSTS)]
    assert weights.tolist() == pytest.approx([0.17, 0.15, 0.11, 0.07, 0.08, 0.12, 0.14, 0.16], abs=0.006)
