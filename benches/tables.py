"""Compares what all programs computed, then their times; writes one table per letter.

usage: tables.py LINES.jsonl RESULTS.md
Ends with 1 when results differ, whatever the times are.
"""

import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys

PEERS = ["duckdb", "polars", "pandas", "openpyxl", "fastexcel", "rapidfuzz", "docxtpl", "shapely", "geopandas"]


class Measured:
    """All runs of one program."""

    def __init__(self, lines):
        self.lines = lines
        self.ms = [ms for line in lines for ms in line["ms"]]
        self.least = min(self.ms)
        self.median = statistics.median(self.ms)
        self.peak_mb = max(line["peak_mb"] for line in lines)
        self.computed = lines[0]["computed"]

    def part(self, name):
        """All times of a part of the work."""
        return [ms for line in self.lines for ms in line["computed"]["parts"][name]]

    def quantile(self, q, part=None):
        """The median of the rounds' quantiles."""
        rounds = [line["computed"]["parts"][part] if part else line["ms"] for line in self.lines]
        return statistics.median(sorted(r)[min(len(r) - 1, int(len(r) * q))] for r in rounds)


def load(path):
    """Programs by letter and engine."""
    found = {}
    with open(path, encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            found.setdefault(line["letter"], {}).setdefault(line["engine"], []).append(line)
    return {letter: {e: Measured(lines) for e, lines in engines.items()} for letter, engines in found.items()}


def close(one, other, tolerance):
    """Whether two results agree: exactly, or numbers up to a part of their size."""
    if isinstance(one, list):
        return len(one) == len(other) and all(close(a, b, tolerance) for a, b in zip(one, other))
    if isinstance(one, int) and isinstance(other, int) and not tolerance:
        return one == other
    one, other = float(one), float(other)
    return abs(one - other) <= tolerance * max(1.0, abs(other))


def differences(found):
    """What does not agree, as sentences."""
    wrong = []

    def same(letter, key, tolerance, engines=None):
        programs = found[letter]
        ours = programs["parkledger" if "parkledger" in programs else "parkledger-memory"].computed[key]
        for engine, program in programs.items():
            for line in program.lines:
                theirs = line["computed"].get(key)
                if theirs is not None and not close(ours, theirs, tolerance):
                    wrong.append(f"{letter}: {engine} computed other {key}")

    same("import", "rows", 0)
    same("import", "sum", 1e-9)
    same("pack", "cells", 0)
    same("figures", "sums", 1e-9)
    # Floating sums tie or do not tie by rounding, so a few ranks among 700,000 differ between the peers themselves.
    same("facts-q1", "rows", 2e-6)
    same("facts-q2", "rows", 1e-8)
    same("overlay", "pieces", 0)
    same("overlay", "areas", 1e-9)
    # Floats of the peer, exact steps of ours; shares in whole millionths agree to the last.
    same("parcels", "rows", 1e-9)
    same("parcels", "scores", 1e-9)
    same("parcels", "grades", 0)
    same("ladders", "rules", 0)
    same("ladders", "marks", 0)
    same("ladders-explain", "criteria", 0)
    same("ladders-explain", "marks", 0)
    for letter in ("correct-disk", "correct-memory"):
        if not all(line["computed"]["equal"] for line in found[letter]["parkledger"].lines):
            wrong.append(f"{letter}: figures over the patched snapshot differ from figures over a new one")
    reports = [line["computed"] for e in ("parkledger", "parkledger-worker") for line in found["report"][e].lines]
    if len({r["digest"] for r in reports}) != 1 or not all(r["same"] for r in reports):
        wrong.append("report: two builds differ")
    return wrong


def shown(ms):
    """Milliseconds with three significant digits."""
    return f"{ms:,.0f} ms" if ms >= 100 else f"{ms:.3g} ms"


def met(holds):
    """Whether a bar is met."""
    return "met" if holds else "**missed**"


def rows_of(programs, names):
    """A line per program: least, median, peak memory, ratio to the first."""
    first = programs[names[0][0]].least
    for engine, words in names:
        program = programs[engine]
        times = f"{shown(program.least)} | {shown(program.median)}"
        yield f"| {words} | {times} | {program.peak_mb} MB | {program.least / first:.2f} × |"


HEAD = ["| | least | median | peak memory | times ours |", "|---|---|---|---|---|"]


def table_import(found):
    """(a)"""
    one, pack = found["import"], found["pack"]
    ours, reading = one["parkledger"], min(pack["parkledger"].part("read"))
    yield "## (a) Import"
    yield ""
    told = ours.computed
    yield (
        f"One workbook, 100,000 × 12, staged against a ledger of 5,000 enterprises: {told['rows']:,} rows identified, "
        f"checked and compared, {told['origins']:,} with their cells, {told['findings']} findings. "
        f"Reading takes {shown(min(ours.part('read')))} of it, staging {shown(min(ours.part('stage')))}."
    )
    yield ""
    yield from HEAD
    names = [("parkledger", "Parkledger: read, identify, check, compare, origins"), ("polars", "polars.read_excel: read"),
             ("pandas", "pandas.read_excel: read"), ("parkledger-accept", "Parkledger: the same in a worker, accepted and on the disk")]
    yield from rows_of(one, names)
    yield ""
    pandas, polars = one["pandas"].least / ours.least, one["polars"].least / ours.least
    yield f"- ≥ 5 × pandas: {pandas:.1f} ×, {met(pandas >= 5)}"
    yield f"- level with polars: {polars:.2f} ×, {met(polars >= 1)}"
    yield ""
    yield "100 dirty workbooks of three sheets:"
    yield ""
    yield from HEAD
    names = [("parkledger", "Parkledger: read, identify, check, compare, origins"),
             ("parkledger-apart", "Parkledger: the same, nothing kept from file to file"),
             ("calamine-1", "calamine: read"), ("calamine-2", "calamine: read, files on two threads")]
    yield from rows_of(pack, names)
    yield ""
    alone = pack["calamine-1"].least
    yield f"- reading ≤ 1.5 × calamine alone: {reading / alone:.2f} × ({shown(reading)}), {met(reading <= 1.5 * alone)}"
    ratio = pack["parkledger"].least / alone
    yield f"- everything ≤ 1.5 × calamine alone: {ratio:.2f} ×, {met(ratio <= 1.5)}"


def table_figures(found):
    """(b)"""
    programs = found["figures"]
    yield "## (b) 140 figures with prior year over 6 million monthly rows"
    titles = {"parquet": "Parquet, zstd and dictionaries", "plain": "Parquet, uncompressed", "memory": "memory"}
    for source, title in titles.items():
        yield ""
        yield f"From {title}:"
        yield ""
        yield from HEAD
        names = [(f"parkledger-{source}", "Parkledger"), (f"polars-{source}", "Polars, fused by hand")]
        if source == "memory":
            names.append(("polars-slice", "Polars, fused, the nine months cut out beforehand"))
        if source != "plain":
            names.append((f"duckdb-{source}", "DuckDB, fused by hand"))
        if source == "parquet":
            names.append(("duckdb-each", "DuckDB, one query per figure"))
        yield from rows_of(programs, names)
    yield ""
    for source, title in titles.items():
        ratio = programs[f"polars-{source}"].least / programs[f"parkledger-{source}"].least
        bar = 10 if source == "memory" else 3
        yield f"- from {title} ≥ {bar} × Polars from the same: {ratio:.1f} ×, {met(ratio >= bar)}"
    ratio = programs["polars-parquet"].least / programs["parkledger-memory"].least
    yield f"- our snapshot in memory against Polars scanning its Parquet file: {ratio:.1f} ×"
    duck = min(programs[f"duckdb-{w}"].least for w in ("parquet", "memory", "each"))
    ratio = duck / programs["parkledger-parquet"].least
    yield f"- from Parquet against the best DuckDB: {ratio:.1f} ×"


def table_facts(found):
    """(c)"""
    yield "## (c) Cohort growth, pull and rank; headline: 1.6 million facts in memory"
    bars = {"q1": 50, "q2": 3}
    for question, words in (("q1", "Growth, pull and rank of every enterprise, month and indicator (Q1)"), ("q2", "Headline of one month (Q2)")):
        programs = found[f"facts-{question}"]
        yield ""
        yield words + ":"
        yield ""
        yield from HEAD
        yield from rows_of(programs, [("parkledger", "Parkledger")] + [(e, e) for e in ("polars", "duckdb", "pandas")])
        yield ""
        least = programs["parkledger"].least
        yield f"- ≤ {bars[question]} ms: {shown(least)}, {met(least <= bars[question])}"


def table_latency(found):
    """(d)"""
    yield "## (d) The demo park"
    yield ""
    yield "One corrected cell until every affected figure is new (300 corrections a round; medians of the rounds):"
    yield ""
    yield "| | p50 | p99 | of which writing p99 | snapshot p99 | figures p99 | peak memory |"
    yield "|---|---|---|---|---|---|---|"
    for letter, words in (("correct-disk", "on the disk, every write synced to the device"), ("correct-memory", "in memory, no device")):
        program = found[letter]["parkledger"]
        parts = " | ".join(shown(program.quantile(0.99, p)) for p in ("write", "apply", "evaluate"))
        yield f"| {words} | {shown(program.quantile(0.5))} | {shown(program.quantile(0.99))} | {parts} | {program.peak_mb} MB |"
    disk, memory = (found[f"correct-{w}"]["parkledger"].quantile(0.99) for w in ("disk", "memory"))
    trace = found["trace"]["parkledger"]
    slowest = min(max(line["ms"]) for line in trace.lines)
    longest = trace.computed["longest"]
    yield ""
    yield f"- p99 ≤ 5 ms with the device's sync: {shown(disk)}, {met(disk <= 5)}; without: {shown(memory)}, {met(memory <= 5)}"
    yield (
        f"- trace of a figure to its cells ≤ 10 ms: median {shown(trace.quantile(0.5))}, slowest {shown(slowest)} "
        f"({longest['figure']}, {longest['cells']:,} cells), {met(slowest <= 10)}; peak memory {trace.peak_mb} MB"
    )
    yield ""
    yield "The whole annual report:"
    yield ""
    yield from HEAD
    reports = found["report"]
    yield from rows_of(reports, [("parkledger", "Parkledger, warm"), ("parkledger-worker", "Parkledger, warm, rendered by a worker process"),
                                 ("docxtpl", "docxtpl filling 300 given values")])
    cold = min(reports["parkledger-worker"].part("cold"))
    warm = reports["parkledger-worker"].least
    yield ""
    yield f"- cold (program start, content, ledger, snapshot, report, worker) ≤ 0.5 s: {shown(cold)}, {met(cold <= 500)}"
    yield f"- warm ≤ 50 ms: {shown(warm)}, {met(warm <= 50)}; {reports['parkledger'].computed['slots']} values computed and filled"


def table_matching(found):
    """(e)"""
    programs = found["matching"]
    ours, merge = programs["parkledger"], programs["parkledger-merge"].computed
    yield "## (e) 2,000 spellings against 20,000 names"
    yield ""
    yield from HEAD
    yield from rows_of(programs, [("parkledger", "Parkledger, index built anew"), ("rapidfuzz", "rapidfuzz cdist, all cores")])
    yield ""
    share = {e: 100 * programs[e].computed["right"] / programs[e].computed["asked"] for e in ("parkledger", "rapidfuzz")}
    yield f"- top-1 ≥ 97 %: {share['parkledger']:.2f} % (rapidfuzz {share['rapidfuzz']:.2f} %), {met(share['parkledger'] >= 97)}"
    yield f"- ≤ 1 s: {shown(ours.least)}, {met(ours.least <= 1000)}"
    namesakes = f", {merge['namesakes']} more are letter for letter another's name" if merge["namesakes"] else ""
    yield (
        f"- no wrong automatic merge: of {merge['asked']:,} rows without a code {merge['merged']} were given to an enterprise "
        f"unasked, {merge['wrong']} wrongly{namesakes}; {merge['held']:,} wait for a person; {met(merge['wrong'] == 0)}"
    )


def table_overlay(found):
    """(f)"""
    programs = found["overlay"]
    ours = programs["parkledger"]
    yield "## (f) Overlay: 100,000 polygons with 100 boundaries of 2,048 points"
    yield ""
    yield f"{ours.computed['pieces']:,} pieces, {ours.computed['cut']:,} of them cut; areas per boundary agree to a part in 10⁹."
    yield ""
    yield from HEAD
    yield from rows_of(programs, [
        ("parkledger", "Parkledger, two threads"),
        ("parkledger-1", "Parkledger, one thread"),
        ("parkledger-degrees", "Parkledger, two threads, from longitude and latitude: projection there and back included"),
        ("shapely-2", "GEOS through Shapely by hand: tree, prepared boundaries, covers before intersection, two threads"),
        ("shapely-1", "GEOS through Shapely by hand, one thread"),
        ("geopandas", "GEOS through geopandas.overlay"),
    ])
    best = min(program.least for engine, program in programs.items() if not engine.startswith("parkledger"))
    yield ""
    yield f"- at least level with GEOS: {best / ours.least:.1f} ×, {met(best >= ours.least)}"


def table_tiles(found):
    """(g)"""
    ours = found["tiles"]["parkledger"]
    yield "## (g) Vector tiles of a park of 100,000 parcels"
    yield ""
    yield (
        f"A screen of 1,920 × 1,200 pixels, 12 tiles, one thread; the sheet of {ours.computed['parcels']:,} parcels is prepared once per "
        f"revision ({shown(min(line['computed']['sheet_ms'] for line in ours.lines))}). Peak memory {ours.peak_mb} MB."
    )
    yield ""
    yield "| zoom | least | bytes | largest tile |"
    yield "|---|---|---|---|"
    for at, screen in enumerate(ours.computed["screens"]):
        least = min(line["computed"]["screens"][at]["ms"] for line in ours.lines)
        yield f"| {screen['zoom']} | {shown(least)} | {screen['bytes']:,} | {screen['largest']:,} |"
    yield ""
    yield f"- slowest screen ≤ 50 ms: {shown(ours.least)}, {met(ours.least <= 50)}"


def table_parcels(found):
    """(h)"""
    programs, million = found["parcels"], found["parcels-million"]["parkledger"]
    yield "## (h) Values of enterprises on land parcels, scored and graded"
    yield ""
    yield "100,000 parcels, 300,000 uses of them, twelve months, nine measures by 200,000 enterprises; shares, sums, points, grades:"
    yield ""
    yield from HEAD
    names = [("parkledger", "Parkledger, exact, two threads"), ("parkledger-1", "Parkledger, exact, one thread"),
             ("pandas-long", "pandas, floats: long tables, merged and grouped"),
             ("pandas", "pandas by hand, floats: a column a month, no merges")]
    yield from rows_of(programs, names)
    yield ""
    long, ratio = (programs[name].least / programs["parkledger"].least for name in ("pandas-long", "pandas"))
    yield f"- ≥ 5 × pandas: {long:.1f} ×, {met(long >= 5)}; by hand {ratio:.1f} ×, {met(ratio >= 5)}"
    parts = ", ".join(f"{name} {shown(min(million.part(name)))}" for name in ("plan", "attribute", "score"))
    yield (
        f"- 1,000,000 parcels, 3,000,000 uses, 2,000,000 enterprises, two threads, ≤ 10 s and ≤ 4 GiB: {shown(million.least)} ({parts}), "
        f"{million.peak_mb:,} MB, {met(million.least <= 10_000 and million.peak_mb <= 4096)}"
    )


def table_ladders(found):
    """(j)"""
    programs = found["ladders"]
    ours = programs["parkledger"]
    yield "## (j) Enterprises against the rules of all ladders"
    yield ""
    yield (
        f"{ours.computed['enterprises']:,} enterprises, {ours.computed['rules']} dated rules with their bands, score tables and alternatives; "
        "one value in eight is missing. Every verdict agrees with the peer's:"
    )
    yield ""
    yield from HEAD
    names = [("parkledger", "Parkledger, exact, two threads"), ("parkledger-1", "Parkledger, exact, one thread"),
             ("pandas", "pandas, the same rules a column at a time")]
    yield from rows_of(programs, names)
    yield ""
    yield f"- two threads ≤ 5 s: {shown(ours.least)}, {met(ours.least <= 5000)}"
    ratio = programs["pandas"].least / ours.least
    yield f"- ≥ 10 × pandas: {ratio:.1f} ×, {met(ratio >= 10)}"
    told = found["ladders-explain"]
    each = told["parkledger"]
    yield (
        f"- criterion by criterion with value, threshold, gap and what is missing, {each.computed['enterprises']:,} enterprises, "
        f"{each.computed['criteria']} criteria: {shown(each.least)}; verdicts and gaps alone by pandas {shown(told['pandas'].least)}. "
        "Every verdict and every gap of a sum, a quotient, days and points agrees."
    )


def table_documents(found):
    """(i)"""
    if "refresh" not in found:
        return
    ours = found["refresh"]["parkledger"]
    yield "## (i) Refresh and audit of an edited report"
    yield ""
    yield (
        f"A document of 60 pages with {ours.computed['figures']} figures, of which {ours.computed['moved']} move: read and changed in worker "
        f"processes. Least {shown(ours.least)}, peak memory {ours.peak_mb} MB."
    )
    yield ""
    yield f"- refresh ≤ 1 s: {shown(ours.least)}, {met(ours.least <= 1000)}"
    if "audit" in found:
        audit = found["audit"]["parkledger"]
        yield f"- audit of its {audit.computed['numbers']} numbers ≤ 3 s: {shown(audit.least)}, {met(audit.least <= 3000)}"


def machine():
    """What it ran on."""
    with open("/proc/meminfo", encoding="ascii") as lines:
        memory = int(next(line for line in lines if line.startswith("MemTotal")).split()[1]) / 2**20
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PEERS)
    return [
        f"{os.cpu_count()} processors, {memory:.0f} GB; Linux {platform.machine()}; Rust {rust}, Python {platform.python_version()}; {versions}.",
        f"Load when the tables were made: {os.getloadavg()[1]:.1f} (5 minutes).",
    ]


# From here on the results are those of benches/*.mjs, put down by who ran them.
BY_HAND = "## In a browser"


def by_hand(path):
    """What the file says that this program does not measure."""
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        _, mark, rest = file.read().partition(BY_HAND)
    return "\n" + mark + rest if mark else ""


def main():
    """Compares, then writes."""
    found = load(sys.argv[1])
    wrong = differences(found)
    rounds = len(found["import"]["parkledger"].lines)
    text = ["# Results", "", "Written by `benches/run` down to “In a browser”; do not edit that.", "", *machine(), ""]
    text.append(
        f"{rounds} rounds, each program in turn with its peers; the ratios compare the least times. Results are compared "
        + "before times: " + ("all agree." if not wrong else "; ".join(wrong) + ".")
    )
    for table in (table_import, table_figures, table_facts, table_latency, table_matching, table_overlay, table_tiles,
                  table_parcels, table_documents, table_ladders):
        text += ["", *table(found)]
    kept = by_hand(sys.argv[2])
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write("\n".join(text) + "\n" + kept)
    print("\n".join(text))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
