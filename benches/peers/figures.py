"""Peers on the central job: 140 figures for January to September, each with the same months a year before.

A figure is the sum of one of 8 measures under one of 18 filters by industry and size, and the same sum of the returns'
own prior-year column.

usage: figures.py gen ROWS OUT.parquet PLAIN.parquet
       figures.py ENGINE FILE.parquet REPEATS
ENGINE is one of duckdb-parquet, duckdb-memory, duckdb-each (one query per figure, from Parquet), polars-parquet,
polars-plain, polars-memory, polars-slice (from memory, the nine months cut out beforehand and not timed).
"""

import sys

from measure import print_result, repeated

MEASURES = ["output", "revenue", "value_added", "rd", "tax", "energy", "staff", "profit"]
COUNT = 140
MONTHS = 120


def generate(rows, out, plain):
    """Writes returns of rows / 120 enterprises over ten years, ordered by month, then enterprise: zstd and uncompressed."""
    import numpy
    import pyarrow
    import pyarrow.parquet

    rng = numpy.random.default_rng(7)
    firms = rows // MONTHS
    firm = numpy.repeat(numpy.arange(firms, dtype=numpy.int32), MONTHS)
    month = numpy.tile(numpy.arange(MONTHS, dtype=numpy.int16), firms)
    columns = {
        "enterprise": firm,
        "park": (firm % 400).astype(numpy.int16),
        "year": (2014 + month // 12).astype(numpy.int16),
        "month": (month % 12 + 1).astype(numpy.int8),
        "industry": (firm * 7 % 31 + 13).astype(numpy.int8),
        "hi_tech": (firm % 5 == 0),
        "above_scale": (firm % 3 != 0),
    }
    for name in MEASURES:
        columns[name] = numpy.round(rng.lognormal(6, 1, rows), 2)
        columns[name + "_prior"] = numpy.round(columns[name] * rng.normal(0.97, 0.2, rows), 2)
    order = numpy.lexsort((firm, month))
    table = pyarrow.table({name: values[order] for name, values in columns.items()})
    pyarrow.parquet.write_table(table, out, row_group_size=131072, compression="zstd")
    pyarrow.parquet.write_table(table, plain, row_group_size=131072, compression="none", use_dictionary=False)


def figures():
    """All figures as (measure, filter)."""
    named = ["above_scale", "hi_tech", "above_scale and hi_tech"]
    filters = [named[f] if f < 3 else f"above_scale and industry = {13 + f}" for f in range(18)]
    return [(MEASURES[i % 8], filters[i // 8]) for i in range(COUNT)]


def duckdb_program(engine, path):
    """A function that gives all sums."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads=2")
    period = "year = 2023 and month between 1 and 9"
    source = f"'{path}'"
    if engine == "duckdb-memory":
        connection.execute(f"create table returns as select * from {source}")
        source = "returns"
    if engine == "duckdb-each":

        def each():
            found = []
            for measure, where in figures():
                text = f"select sum({measure}), sum({measure}_prior) from {source} where {period} and {where}"
                found.extend(connection.execute(text).fetchone())
            return found

        return each
    sums = [f"sum({m}) filter (where {w}), sum({m}_prior) filter (where {w})" for m, w in figures()]
    text = f"select {', '.join(sums)} from {source} where {period}"
    return lambda: connection.execute(text).fetchone()


def polars_program(engine, path):
    """A function that gives all sums."""
    import polars

    def condition(text):
        found = polars.lit(True)
        for part in text.split(" and "):
            name, _, value = part.partition(" = ")
            found = found & (polars.col(name) == int(value) if value else polars.col(name))
        return found

    sums = []
    for i, (measure, where) in enumerate(figures()):
        sums.append(polars.col(measure).filter(condition(where)).sum().alias(f"a{i}"))
        sums.append(polars.col(measure + "_prior").filter(condition(where)).sum().alias(f"b{i}"))
    period = (polars.col("year") == 2023) & polars.col("month").is_between(1, 9)
    if engine in ("polars-parquet", "polars-plain"):
        return lambda: polars.scan_parquet(path).filter(period).select(sums).collect().row(0)
    frame = polars.read_parquet(path)
    if engine == "polars-slice":
        cut = frame.filter(period).rechunk()
        return lambda: cut.lazy().select(sums).collect().row(0)
    return lambda: frame.lazy().filter(period).select(sums).collect().row(0)


if sys.argv[1] == "gen":
    generate(int(sys.argv[2]), sys.argv[3], sys.argv[4])
else:
    engine, path = sys.argv[1:3]
    make = duckdb_program if engine.startswith("duckdb") else polars_program
    program = make(engine, path)
    made, ms = repeated(int(sys.argv[3]), program)
    print_result(engine, ms, {"sums": [round(v, 2) for v in made]})
