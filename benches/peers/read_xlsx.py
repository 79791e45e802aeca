"""Reads one workbook with a peer; prints milliseconds, rows, a control sum and peak memory as JSON.

usage: read_xlsx.py pandas|polars FILE
"""

import sys

from measure import print_result, timed

engine, path = sys.argv[1:3]
if engine == "pandas":
    import pandas

    frame, ms = timed(lambda: pandas.read_excel(path))
    rows = len(frame)
else:
    import polars

    frame, ms = timed(lambda: polars.read_excel(path))
    rows = frame.height
print_result(engine, [ms], {"rows": rows, "sum": round(float(frame["本月"].sum()), 2)})
