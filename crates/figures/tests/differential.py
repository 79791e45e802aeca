#!/usr/bin/env python3
"""Recomputes random figures in DuckDB and compares them with this crate's answers, exactly.

usage: differential.py [FIRST_SEED] [SEEDS]        (from the workspace root; runs the example `random_books`)

DuckDB is a development tool only. Without it the script says so and passes, unless REQUIRE_DUCKDB=1.
Every sum is a DECIMAL in both engines, so values are compared digit by digit. The SQL is written from the meaning of the
definitions (README of content, Figures), not from the Rust code.
"""
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal, getcontext
from pathlib import Path

try:
    import duckdb
except ImportError:
    print("differential.py: duckdb is not importable, nothing compared (pip install duckdb)")
    sys.exit(1 if os.environ.get("REQUIRE_DUCKDB") == "1" else 0)

getcontext().prec = 60
NUMBER = "DECIMAL(20, 6)"


def load(folder):
    con = duckdb.connect()
    con.execute("CREATE MACRO level(t, n) AS nullif(split_part(t, '/', n), '')")
    con.execute(
        f"""CREATE TABLE firms AS SELECT id, name, sector, CASE big WHEN '是' THEN true WHEN '否' THEN false END AS big,
            try_cast(opened AS DATE) AS opened, try_cast(closed AS DATE) AS closed, CAST(capital AS {NUMBER}) AS capital
            FROM read_csv('{folder}/firms.csv', all_varchar = true, header = true)"""
    )
    numbers = ", ".join(f"CAST({c} AS {NUMBER}) AS {c}" for c in ("a", "a_ytd", "a_prior", "a_ytd_prior", "b"))
    con.execute(
        f"""CREATE TABLE returns AS SELECT id, firm AS firm_id, kind, {numbers},
            CAST(split_part(period, '-', 1) AS INT) * 12 + CAST(split_part(period, '-', 2) AS INT) - 1 AS ord
            FROM read_csv('{folder}/returns.csv', all_varchar = true, header = true)"""
    )
    con.execute(
        f"""CREATE TABLE events AS SELECT id, firm AS firm_id, CAST(held_on AS DATE) AS held_on, way, CAST(amount AS {NUMBER}) AS amount,
            year(CAST(held_on AS DATE)) * 12 + month(CAST(held_on AS DATE)) - 1 AS ord
            FROM read_csv('{folder}/events.csv', all_varchar = true, header = true)"""
    )
    return con


KEYS = {
    "firm.sector": "firm.sector",
    "firm.sector/1": "level(firm.sector, 1)",
    "firm.big": "CASE WHEN firm.big THEN '是' WHEN NOT firm.big THEN '否' END",
    "sector": "t.sector",
    "big": "CASE WHEN t.big THEN '是' WHEN NOT t.big THEN '否' END",
    "kind": "t.kind",
    "way": "t.way",
    "firm": "firm.name",
    None: "NULL",
}


def rows_of(figure, case):
    """The filtered, conditioned rows of a figure's book, with the key of the breakdown."""
    book = figure["book"]
    where = ["true"]
    if "filter" in figure:
        where.append(f"({figure['filter']})")
    for path, text in case["only"]:
        where.append(f"({KEYS[path]} = '{text}' OR {KEYS[path]} LIKE '{text}/%')")
    if case["without"]:
        names = ", ".join(f"'{n}'" for n in case["without"])
        where.append(f"coalesce(firm.name NOT IN ({names}), true)")
    join = "" if book == "firms" else "LEFT JOIN firms AS firm ON firm.id = t.firm_id"
    key = f"coalesce({KEYS[case['by']]}, '')"
    return f"SELECT t.*, {key} AS k FROM {book} AS t {join} WHERE {' AND '.join(where)}"


def argument(expression):
    return expression[expression.index("(") + 1 : -1]


def resolved(figure, case, month, cumulative, end, start, skips):
    """One row per firm that reported `end`: the month or cumulative cell, or one from the other."""
    january = end - end % 12
    due = [o for o in range(start, end + 1) if not (skips and o % 12 == 0)]
    before = [o for o in range(january, start) if not (skips and o % 12 == 0)]
    before = before[-1] if start > january and before else None
    months_add_up = month is not None and not (start % 12 == 0 and skips)
    month_sql = argument(month) if month else "NULL"
    cumulative_sql = argument(cumulative) if cumulative else "NULL"
    due_list = ", ".join(map(str, due)) or "-1"
    by_months = f"CASE WHEN count(m) FILTER (ord IN ({due_list})) = {len(due)} THEN sum(m) FILTER (ord IN ({due_list})) END"
    if not months_add_up or not due:
        by_months = "NULL"
    by_cumulative = f"max(c) FILTER (ord = {end})"
    if before is not None:
        by_cumulative += f" - max(c) FILTER (ord = {before})"
    first, second = (by_cumulative, by_months) if before is None and case["window"] != "month" else (by_months, by_cumulative)
    return f"""SELECT firm_id, max(k) FILTER (ord = {end}) AS k, coalesce({first}, {second}) AS v
               FROM (SELECT firm_id, k, ord, ({month_sql}) AS m, ({cumulative_sql}) AS c FROM ({rows_of(figure, case)}))
               GROUP BY firm_id HAVING count(*) FILTER (ord = {end}) > 0"""


def folded(con, inner, aggregate="sum(v)"):
    """Total and groups of a query with columns k, v."""
    total = con.execute(f"SELECT {aggregate}, count(*) FROM ({inner})").fetchone()
    groups = dict(con.execute(f"SELECT k, {aggregate} FROM ({inner}) GROUP BY k").fetchall())
    return total[0], groups


def monthly(con, figure, case, skips):
    """(value, comparable, prior) as (total, groups) each; None where the period has no value."""
    measure, cumulative = figure["measure"], figure.get("cumulative")
    window, start, end = case["window"], case["start"], case["end"]
    reported = lambda o: con.execute(f"SELECT count(*) FROM returns WHERE ord = {o}").fetchone()[0] > 0
    merged = window == "month" and skips and end % 12 <= 1
    absent = lambda e: (skips and e % 12 == 0) or merged or not reported(e)
    nothing = (None, {})
    if absent(end):
        return nothing, nothing, nothing
    aggregate = "sum(v)" if measure.startswith("sum(") else "count(v)" if "distinct" not in measure else "count(DISTINCT v)"
    column = argument(measure).removeprefix("distinct ")

    def side(end, start, month, cumul):
        if cumul or (cumulative and month and not cumul and window != "month"):
            return resolved(figure, case, month, cumul, end, start, skips)
        if cumulative:
            return resolved(figure, case, month, cumul, end, start, skips)
        return f"SELECT firm_id, k, {column} AS v FROM ({rows_of(figure, case)}) WHERE ord BETWEEN {start} AND {end}"

    now = side(end, start, measure, cumulative)
    value = folded(con, now, aggregate)
    compare = figure.get("compare", "comparable")
    if compare == "none":
        return value, value, nothing
    own = compare == "comparable" and ("prior" in figure or "prior_cumulative" in figure)
    if own:
        before = side(end, start, figure.get("prior"), figure.get("prior_cumulative"))
    elif absent(end - 12):
        return value, value, nothing
    else:
        before = side(end - 12, start - 12, measure, cumulative)
    if compare == "all":
        return value, value, folded(con, before, aggregate)
    # Whoever sent a return is in both periods of a count; for sums, whoever has a number.
    if aggregate.startswith("count"):
        both = f"(SELECT firm_id FROM ({now})) INTERSECT (SELECT firm_id FROM ({before}))"
    else:
        both = f"(SELECT firm_id FROM ({now}) WHERE v IS NOT NULL) INTERSECT (SELECT firm_id FROM ({before}) WHERE v IS NOT NULL)"
    keep = lambda q: f"SELECT * FROM ({q}) WHERE firm_id IN ({both})"
    return value, folded(con, keep(now), aggregate), folded(con, keep(before), aggregate)


def happened(con, figure, case, horizon):
    nothing = (None, {})
    measure = figure["measure"]
    column = {"": "1", "firm": "firm_id"}.get(argument(measure).removeprefix("distinct "), "amount")
    aggregate = measure[: measure.index("(")] + ("(DISTINCT v)" if "distinct" in measure else "(v)")

    def side(start, end):
        return folded(con, f"SELECT firm_id, k, {column} AS v FROM ({rows_of(figure, case)}) WHERE ord BETWEEN {start} AND {end}", aggregate)

    entered = "SELECT count(*) FROM events"
    known = con.execute(f"{entered} WHERE ord BETWEEN {case['start']} AND {case['end']}").fetchone()[0] > 0
    if con.execute(entered).fetchone()[0] == 0 or (case["start"] > horizon and not known):
        return nothing, nothing, nothing
    value = side(case["start"], case["end"])
    prior = side(case["start"] - 12, case["end"] - 12) if figure["compare"] != "none" else nothing
    return value, value, prior


def standing(con, figure, case):
    def side(end):
        day = f"last_day(make_date({end // 12}, {end % 12 + 1}, 1))"
        return folded(con, f"SELECT k, 1 AS v FROM ({rows_of(figure, case)}) WHERE opened <= {day} AND coalesce(closed >= {day}, true)", "count(v)")

    value = side(case["end"])
    return value, value, side(case["end"] - 12) if figure["compare"] != "none" else (None, {})


def number(outcome):
    return Decimal(outcome["number"]) if "number" in outcome else None


def compare(seed, figure, case, expected):
    factor = Decimal(10000) if figure.get("unit") == "亿元" else Decimal(1)
    in_unit = lambda n: None if n is None else Decimal(n) / factor
    faults = []
    for side, (total, groups) in zip(("value", "comparable", "prior"), expected):
        # Where nothing compares, the base is blank whatever the rest of it is.
        if number(case[side]) != in_unit(total) and not (side == "prior" and nothing_left(case, expected)):
            faults.append(f"{side}: ours {case[side]}, theirs {in_unit(total)}")
        if case["by"] and not faults:
            ours = {g["name"]: number(g[side]) for g in case["groups"] if number(g[side]) not in (None, 0)}
            theirs = {k: in_unit(v) for k, v in groups.items() if v is not None and v != 0}
            if ours != theirs:
                faults.append(f"{side} by {case['by']}: ours {ours}, theirs {theirs}")
    for fault in faults:
        print(f"seed {seed} {figure} {case['window']} {case['start']}–{case['end']} only {case['only']} without {case['without']}\n  {fault}")
    return not faults


def nothing_left(case, expected):
    return "blank" in case["prior"] and not expected[1][0]


def run(seed, folder):
    subprocess.run(["cargo", "run", "-q", "-p", "parkledger-figures", "--example", "random_books", str(seed), str(folder)], check=True)
    whole = json.loads((folder / "cases.json").read_text())
    con = load(folder)
    horizon = con.execute("SELECT max(ord) FROM returns").fetchone()[0]
    figures = {f["id"]: f for f in whole["figures"]}
    right = valued = 0
    for case in whole["cases"]:
        valued += number(case["value"]) is not None
        figure = figures[case["figure"]]
        if figure["book"] == "returns":
            expected = monthly(con, figure, case, whole["skips"])
        elif figure["book"] == "events":
            expected = happened(con, figure, case, horizon)
        else:
            expected = standing(con, figure, case)
        right += compare(seed, figure, case, expected)
    return right, len(whole["cases"]), valued


def main():
    first = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    right = total = valued = 0
    for seed in range(first, first + seeds):
        with tempfile.TemporaryDirectory() as folder:
            r, t, v = run(seed, Path(folder))
            right, total, valued = right + r, total + t, valued + v
    print(f"differential.py: {right} of {total} answers equal DuckDB {duckdb.__version__} to the last digit ({seeds} seeds, {valued} not blank)")
    # A comparison of nothing but blanks would prove nothing.
    sys.exit(0 if right == total and valued * 2 > total else 1)


main()
