#!/usr/bin/env python3
"""Peers on the central job: N figures (cumulative, with the same period a year before) over monthly returns.

usage: figures_peers.py gen ROWS OUT.parquet | run OUT.parquet [FIGURES]
A figure = sum of one of 8 measures, filtered by one of 18 industry/size filters, for Jan..Sep of the last year,
and the same sum of the returns' own prior-year column. One-query-per-figure and hand-fused forms; median of 3.
"""
import sys, time, statistics as st
M = ["output", "revenue", "value_added", "rd", "tax", "energy", "staff", "profit"]

def gen(rows, out):
    import numpy as np, pyarrow as pa, pyarrow.parquet as pq
    r = np.random.default_rng(7); months = 120; ents = rows // months
    e = np.repeat(np.arange(ents, dtype=np.int32), months); m = np.tile(np.arange(months, dtype=np.int16), ents)
    cols = {"enterprise": e, "park": (e % 400).astype(np.int16), "year": (2014 + m // 12).astype(np.int16), "month": (m % 12 + 1).astype(np.int8),
            "industry": (e * 7 % 31 + 13).astype(np.int8), "hi_tech": (e % 5 == 0), "above_scale": (e % 3 != 0)}
    for k in M:
        cols[k] = np.round(r.lognormal(6, 1, rows), 2); cols[k + "_prior"] = np.round(cols[k] * r.normal(0.97, 0.2, rows), 2)
    order = np.lexsort((e, m)); t = pa.table({k: v[order] for k, v in cols.items()})
    pq.write_table(t, out, row_group_size=131072, compression="zstd")

def figures(n):
    fs = []
    for i in range(n):
        f = i // len(M)
        w = {0: "above_scale", 1: "hi_tech", 2: "above_scale and hi_tech"}.get(f, f"above_scale and industry = {13 + f}")
        fs.append((M[i % len(M)], w))
    return fs

def med(fn, k=3):
    ts = []
    for _ in range(k):
        t = time.perf_counter(); x = fn(); ts.append(time.perf_counter() - t)
    return st.median(ts), x

def run(path, n):
    import duckdb, polars as pl
    fs = figures(n); per = "year = 2023 and month between 1 and 9"
    con = duckdb.connect(); con.execute("set threads=2")
    def duck_each(): return [con.execute(f"select sum({m}), sum({m}_prior) from '{path}' where {per} and {w}").fetchone() for m, w in fs]
    def duck_fused():
        s = ", ".join(f"sum({m}) filter (where {w}), sum({m}_prior) filter (where {w})" for m, w in fs)
        return con.execute(f"select {s} from '{path}' where {per}").fetchone()
    def pl_fused():
        def cond(w):
            c = None
            for part in w.split(" and "):
                p = (pl.col("industry") == int(part.split("=")[1])) if "=" in part else pl.col(part)
                c = p if c is None else c & p
            return c
        ex = []
        for i, (m, w) in enumerate(fs):
            ex += [pl.col(m).filter(cond(w)).sum().alias(f"a{i}"), pl.col(m + "_prior").filter(cond(w)).sum().alias(f"b{i}")]
        return pl.scan_parquet(path).filter((pl.col("year") == 2023) & pl.col("month").is_between(1, 9)).select(ex).collect().row(0)
    a, x = med(duck_each); b, y = med(duck_fused); c, z = med(pl_fused)
    flat = [v for p in x for v in p]
    assert all(abs(u - v) <= 1e-6 * abs(u) for u, v in zip(flat, y)) and all(abs(u - v) <= 1e-6 * abs(u) for u, v in zip(flat, z))
    print(f"figures={n} duckdb one-per-figure {a:.3f}s  duckdb fused {b:.3f}s  polars fused {c:.3f}s")

if sys.argv[1] == "gen": gen(int(sys.argv[2]), sys.argv[3])
else: run(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 140)
