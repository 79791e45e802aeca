"""Reads one workbook with a peer and prints seconds, rows, a control sum and peak memory as JSON.

usage: read_xlsx.py pandas|polars FILE
"""

import json
import resource
import sys
import time

engine, path = sys.argv[1:3]
start = time.perf_counter()
if engine == "pandas":
    import pandas

    start = time.perf_counter()
    frame = pandas.read_excel(path)
    rows, total = len(frame), float(frame["本月"].sum())
else:
    import polars

    start = time.perf_counter()
    frame = polars.read_excel(path)
    rows, total = frame.height, float(frame["本月"].sum())
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"engine": engine, "seconds": round(seconds, 3), "rows": rows, "sum": round(total, 2), "peak_mb": peak}))
