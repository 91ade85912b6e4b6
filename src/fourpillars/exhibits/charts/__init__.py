"""The kinds of chart, one file each: a frame and its labels in, a Vega-Lite dictionary out."""
