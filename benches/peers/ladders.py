"""Peer on ladders: the same rules in pandas, a column at a time; three-valued with pandas' nullable booleans.

usage: ladders.py FOLDER REPEATS [explain]     (FOLDER as `ladders write` makes it; explain: every criterion with its gap)
"""

import json
import os
import sys

import numpy as np
import pandas as pd

from measure import print_result, repeated

STEPS = 1_000_000
ROOT = 1e10

folder = sys.argv[1]
with open(os.path.join(folder, "rules.json"), encoding="utf-8") as text:
    given = json.load(text)
many, today, rules, counts = given["enterprises"], given["today"], given["rules"], set(given["counts"])


def read(name, back):
    """A column as floats, missing as NaN: whole numbers, so that products stay exact."""
    numbers = np.fromfile(os.path.join(folder, f"{name}.{back}.i64"), dtype="<i8")
    return np.where(numbers == np.iinfo(np.int64).min, np.nan, numbers)


data = pd.DataFrame({(name, back): read(name, back) for name, back in given["columns"]})
held = pd.DataFrame({name: np.fromfile(os.path.join(folder, f"{name}.u8"), dtype=np.uint8) for name in given["held"]})


def millionths(text):
    """A decimal as written, in whole millionths."""
    return None if text is None else round(float(text) * STEPS)


def logical(series, known):
    """A nullable boolean."""
    return pd.Series(pd.arrays.BooleanArray(series.to_numpy(bool), ~known.to_numpy(bool)))


def unknown():
    """Nothing known of anybody."""
    return pd.Series(pd.arrays.BooleanArray(np.zeros(many, bool), np.ones(many, bool)))


def column(name, back=0):
    """A datum of a year."""
    return data[(name, back)] if (name, back) in data.columns else pd.Series(np.full(many, np.nan))


def total(name, years):
    """The sum over years; missing where one is."""
    found = column(name)
    for back in range(1, years):
        found = found + column(name, back)
    return found


def amounts(value):
    """One or several (numerator, denominator) of an amount; a denominator that is not positive makes it missing."""
    of, per, years, over = value["of"], value["per"], value["years"], value["over"]
    growth = over in ("mean_growth", "actual_growth", "compound")
    times = 100 if value["percent"] and (growth or per) else 1
    if over == "sum":
        if per is None:
            return [(total(of, years), 1)]
        den = total(per, years)
        return [(total(of, years).where(den > 0) * times, den)]
    if over == "each":
        made = []
        for back in range(years):
            num = column(of, back)
            if per is None:
                made.append((num, 1))
            else:
                den = column(per, back)
                made.append((num.where(den > 0) * times, den))
        return made
    if over == "days":
        return [(today - column(of), 1)]
    if over == "mean_growth":
        num, den = 0, 1
        for back in range(years):
            now, before = column(of, back), column(of, back + 1).where(lambda s: s > 0)
            num, den = num * before + (now - before) * den, den * before
        return [(num * times, den * years)]
    if over == "actual_growth":
        last, middle, first = column(of), column(of, 1), column(of, 2)
        still, begun, both = (middle == 0) & (first >= 0), (middle > 0) & (first == 0), (middle > 0) & (first > 0)
        cases, known = [still, begun, both], last.notna() & middle.notna() & first.notna()
        num = np.select(cases, [0 * last, last - middle, (last - middle) * first + (middle - first) * middle], np.nan)
        den = np.select(cases, [0 * last + 1, middle, middle * first * 2], np.nan)
        return [(pd.Series(num).where(known) * times, pd.Series(den).where(known))]
    last, first = column(of), column(of, 2)
    root = np.floor(np.sqrt(last.where(last >= 0) / first.where(first > 0)) * ROOT + 1e-4)
    return [((root - ROOT) * times, ROOT)]


COMPARE = {
    "at_least": lambda a, b: a >= b, "above": lambda a, b: a > b,
    "at_most": lambda a, b: a <= b, "below": lambda a, b: a < b,
}


def thresholds(limit):
    """The threshold of everybody in millionths; missing where it is not known."""
    if limit["by"] is None:
        only = millionths(limit["steps"][0][1])
        return np.nan if only is None else only
    num, den = amounts(limit["by"])[0]
    found = pd.Series(np.full(many, np.nan))
    open_ = num.notna()
    for upto, is_ in limit["steps"]:
        if upto is None:
            inside = open_
        else:
            edge = millionths(upto) * den
            inside = open_ & ((num * STEPS <= edge) if limit["right_closed"] else (num * STEPS < edge))
        if is_ is not None:
            found = found.mask(inside, millionths(is_))
        open_ = open_ & ~inside
    return found


def criterion(rule, name):
    """The verdict of a criterion."""
    of = rule["criteria"][name]
    if "amount" in of:
        limit = thresholds(of["limit"])
        met, known = True, True
        for num, den in amounts(of["amount"]):
            right = limit * den
            met = met & COMPARE[of["limit"]["op"]](num * STEPS, right)
            known = known & num.notna() & (right.notna() if isinstance(right, pd.Series) else not np.isnan(right))
        return logical(met, known)
    if "holds" in of:
        met = held[of["holds"]].isin(of["states"]).any(axis=1)
        return logical(met, met | (held[of["holds"]] != 0).all(axis=1))
    if "says" in of:
        said = column(of["says"])
        return logical(said.isin(of["is"]), said.notna())
    limit = thresholds(of["limit"])
    low, high = points(rule, of)
    at_low, at_high = (COMPARE[of["limit"]["op"]](side, limit) for side in (low, high))
    known = (at_low == at_high) & (limit.notna() if isinstance(limit, pd.Series) else not np.isnan(limit))
    return logical(at_low, known)


def points(rule, of):
    """Fewest and most points of a table."""
    table = rule["tables"][of["score"]]
    low = high = pd.Series(np.zeros(many))
    for part in table["parts"]:
        if of["parts"] and part["id"] not in of["parts"]:
            continue
        most = millionths(part["max"])
        part_low = part_high = pd.Series(np.zeros(many))
        for route in part["routes"]:
            way_low, way_high = points_of(rule, route, most, table["left_closed"])
            if part["sum"]:
                part_low, part_high = part_low + way_low, part_high + way_high
            else:
                part_low, part_high = np.maximum(part_low, way_low), np.maximum(part_high, way_high)
        if part["sum"]:
            part_low, part_high = part_low.clip(upper=most), part_high.clip(upper=most)
        low, high = low + part_low, high + part_high
    return low, high


def points_of(rule, route, most, left_closed):
    """Fewest and most points of one way."""
    zero = pd.Series(np.zeros(many))
    if "bands" in route:
        bands = [[millionths(n) for n in band] for band in route["bands"]]
        # Of every year by itself the worst decides, which for points is the one in the lowest band.
        low, high, lacking = None, None, False
        for num, den in amounts(route["value"]):
            own_low, own_high, open_ = zero, zero, num.notna()
            for start, fewest, top in bands:
                edge = start * den
                inside = open_ & ((num * STEPS >= edge) if left_closed else (num * STEPS > edge))
                own_low, own_high = own_low.mask(inside, fewest), own_high.mask(inside, top)
                open_ = open_ & ~inside
            lacking = lacking | num.isna()
            low = own_low if low is None else np.minimum(low, own_low)
            high = own_high if high is None else np.minimum(high, own_high)
        return low.mask(lacking, 0), high.mask(lacking, bands[0][2])
    if "cases" in route:
        low, high = pd.Series(np.full(many, np.inf)), zero
        done = pd.Series(np.zeros(many, bool))
        for name, fewest, top in route["cases"]:
            verdict = criterion(rule, name)
            counts = ~done & (verdict.isna() | verdict.fillna(False))
            low = low.mask(counts, np.minimum(low, millionths(fewest)))
            high = high.mask(counts, np.maximum(high, millionths(top)))
            done = done | verdict.fillna(False).astype(bool)
        return low.where(done, 0), high
    if "given" in route:
        found = column(route["given"]) * STEPS
        return found.clip(upper=most).fillna(0), found.clip(upper=most).fillna(most)
    return zero, zero + most


def tree(rule, node):
    """Three-valued all and any."""
    if isinstance(node, str):
        return criterion(rule, node)
    word, parts = next(iter(node.items()))
    found = tree(rule, parts[0])
    for part in parts[1:]:
        found = found & tree(rule, part) if word == "all" else found | tree(rule, part)
    return found


def mark(verdict):
    """As the Rust program marks a column of verdicts."""
    code = verdict.astype("Int8").fillna(2).to_numpy(np.int64)
    return int((code * (np.arange(many) % 9973 + 1)).sum())


def whole(series):
    """Whole numbers; nothing where there is none."""
    return (series if isinstance(series, pd.Series) else pd.Series(np.full(many, series))).fillna(0).to_numpy().astype(np.int64)


def gap(rule, name):
    """How much it takes in millionths, where floats tell it exactly; else none."""
    of = rule["criteria"][name]
    if "score" in of:
        _, high = points(rule, of)
        return whole(thresholds(of["limit"])) - whole(high)
    if "amount" not in of:
        return None
    value, limit = of["amount"], whole(thresholds(of["limit"]))
    made = amounts(value)
    if value["over"] == "days":
        return limit - whole(made[0][0]) * STEPS
    if value["over"] == "each" and value["per"] is None:
        rising = of["limit"]["op"] in ("at_least", "above")
        each = pd.concat([num for num, _ in made], axis=1)
        worst = each.min(axis=1) if rising else each.max(axis=1)
        return limit - whole(worst) * STEPS
    if value["over"] != "sum":
        return None
    num, den = made[0]
    times = 100 if value["percent"] and value["per"] else 1
    own = whole(num) // times * STEPS
    wanted = limit
    if value["per"] is not None:
        top = limit * whole(den)
        wanted = top // times
        wanted = np.where(own < wanted, wanted + (top % times != 0), wanted)
    found = wanted - own
    if value["of"] in counts:
        found = np.where(found < 0, found // STEPS * STEPS, -(-found // STEPS) * STEPS)
    return found


def explained():
    """Marks of every criterion's verdicts and gaps."""
    place = np.arange(many) % 9973 + 1
    found = []
    for rule in rules:
        for name in rule["criteria"]:
            verdict = criterion(rule, name)
            by = gap(rule, name)
            failed = (~verdict).fillna(False).to_numpy(bool)
            with np.errstate(over="ignore"):
                told = 0 if by is None else int((np.where(failed, by, 0) * place).sum())
            found.append([mark(verdict), told])
    return found


if len(sys.argv) > 3:
    marks, taken = repeated(int(sys.argv[2]), explained)
    print_result("pandas", taken, {"enterprises": many, "criteria": len(marks), "marks": marks})
    sys.exit()
verdicts, taken = repeated(int(sys.argv[2]), lambda: [tree(rule, rule["tree"]) for rule in rules])
print_result("pandas", taken, {"enterprises": many, "rules": len(rules), "marks": [mark(v) for v in verdicts]})
