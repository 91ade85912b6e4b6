"""The human development index of 2021, as the UNDP published it, ranks included.

Source: UNDP, Human Development Report 2021/22, composite indices, complete time series (2021). The method
stands in the report's technical note 1: goalposts 20–85 years, 0–18 and 0–15 years of schooling, the
logarithm of 100–75,000 dollars of income; the arithmetic mean of the two schooling indices; the geometric
mean of the three dimensions; ranks from values rounded to three decimals. These are the 24 highest of 191.
"""

from __future__ import annotations

import pandas as pd

from fourpillars.scores import Aggregate, Framework, Goalposts, Rank, Recipe, build

PUBLISHED = """
Switzerland      83.9872  16.5003   13.85966   66933.00454  0.962   1
Norway           83.2339  18.1852   13.00363   64660.10622  0.961   2
Iceland          82.6782  19.16306  13.76717   55782.04981  0.959   3
Hong-Kong        85.4734  17.27817  12.22621   62606.8454   0.952   4
Australia        84.5265  21.05459  12.72682   49238.43335  0.951   5
Denmark          81.3753  18.7148   12.96049   60364.78595  0.948   6
Sweden           82.9833  19.41853  12.60972   54489.37401  0.947   7
Ireland          81.9976  18.94522  11.58222   76168.98443  0.945   8
Germany          80.6301  17.01014  14.09097   54534.21682  0.942   9
Netherlands      81.6873  18.69317  12.58163   55979.411    0.941  10
Finland          82.0381  19.05193  12.87362   49452.16672  0.940  11
Singapore        82.7545  16.52432  11.92488   90918.64471  0.939  12
Belgium          81.8787  19.60422  12.37568   52293.39977  0.937  13
New-Zealand      82.4513  20.28389  12.94469   44057.31394  0.937  13
Canada           82.6565  16.39626  13.83443   46807.98619  0.936  15
Liechtenstein    83.2575  15.18157  12.53854  146829.7006   0.935  16
Luxembourg       82.6287  14.39814  13.01519   84649.47467  0.930  17
United-Kingdom   80.7422  17.30972  13.40612   45224.76564  0.929  18
Korea            83.6978  16.52174  12.51293   44500.93187  0.925  19
Japan            84.7839  15.22163  13.3661    42274.29134  0.925  19
United-States    77.1982  16.28098  13.68343   64765.21509  0.921  21
Israel           82.255   16.05089  13.34487   41523.74319  0.919  22
Malta            83.7769  16.83857  12.21026   38884.45623  0.918  23
Slovenia         80.6904  17.65492  12.80368   39746.01987  0.918  23
"""
COLUMNS = ["life", "expected", "mean", "income", "hdi", "rank"]

FRAMEWORK = Framework(
    pd.DataFrame(
        [("life", "health", 1, 20, 85), ("expected", "education", 1, 0, 18), ("mean", "education", 1, 0, 15),
         ("income", "standard", 1, 100, 75000), ("health", "index", 2, None, None),
         ("education", "index", 2, None, None), ("standard", "index", 2, None, None),
         ("index", "", 3, None, None)],
        columns=["code", "parent", "level", "goalpost_low", "goalpost_high"],
    )
)  # fmt: skip
RECIPE = Recipe(
    normalise=Goalposts(high=1.0, log=("income",)),
    aggregate=Aggregate("arithmetic", "geometric"),
    rank=Rank(decimals=3),
)


def test_values_and_ranks_are_those_of_the_report():
    rows = [line.split() for line in PUBLISHED.strip().splitlines()]
    table = pd.DataFrame([row[1:] for row in rows], index=[row[0] for row in rows], columns=COLUMNS).astype(
        float
    )
    result = build(table, FRAMEWORK, RECIPE)
    assert result.scores["index"].round(3).to_dict() == table["hdi"].to_dict()
    assert result.ranks["index"].to_dict() == table["rank"].astype(int).to_dict()


def test_beyond_the_goalposts_nothing_is_gained():
    # Hong Kong's life expectancy, Australia's schooling and Singapore's income lie beyond them.
    rows = {
        line.split()[0]: [float(part) for part in line.split()[1:]] for line in PUBLISHED.strip().splitlines()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=COLUMNS)
    normalised = build(table, FRAMEWORK, RECIPE).stages["normalised"]
    capped = normalised.loc[["Hong-Kong", "Australia", "Singapore"], ["life", "expected", "income"]]
    assert [capped.iloc[0, 0], capped.iloc[1, 1], capped.iloc[2, 2]] == [1.0, 1.0, 1.0]
