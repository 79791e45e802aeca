"""The peer of `parcels`: values of enterprises attributed to land parcels, and the parcels scored and graded, in pandas.

The same region made of the same arithmetic as `src/region.rs`; the same shares (land by floor, days of the month, days on no parcel),
the same nine measures of twelve months, the share of users a value is known for, points against the mean of all with cap and floor,
grades by quota. Making the region and each measure's values is not
timed.

usage: parcels.py PARCELS REPEATS [long]
"""

import sys
import time

import numpy
import pandas

from measure import print_result

MEASURES = 9
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
STARTS = numpy.cumsum([0] + LENGTHS)


def mixed(at, salt):
    """A number of 64 bits for a place in a sequence (splitmix64)."""
    z = (at.astype(numpy.uint64) + numpy.uint64(salt << 40)) * numpy.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return z ^ (z >> numpy.uint64(31))


def below(at, salt, n):
    """A number below `n`."""
    return (mixed(at, salt) % numpy.uint64(n)).astype(numpy.int64)


def region(parcels):
    """Parcels with area and floor, occupancies with user, floor, first and last day."""
    p = numpy.arange(parcels)
    area = (500_000 + below(p, 1, 4_500_000)) * 100
    floor = area // 100 * (80 + below(p, 2, 120))
    at = numpy.arange(parcels * 3)
    parcel, slot = at // 3, at % 3
    tenant = parcels + below(at, 3, parcels)
    kind, on = mixed(at, 4) % numpy.uint64(10), below(at, 5, 365)
    occupancies = pandas.DataFrame({
        "parcel": parcel,
        "user": numpy.where(slot == 0, parcel, tenant),
        "floor": floor[parcel] // 100 * numpy.array([30, 35, 25])[slot],
        "first": numpy.where(kind == 1, on, 0),
        "last": numpy.where(kind == 0, on, 364),
    })
    return pandas.DataFrame({"area": area, "floor": floor}), occupancies


def column(parcels, measure):
    """One measure by enterprise and month, in hundredths of hundredths; NaN where nothing is known."""
    drawn = mixed(numpy.arange(parcels * 24), 100 + measure)
    value = (drawn // numpy.uint64(50) % numpy.uint64(1_000_000)).astype(numpy.float64) * 100
    value[drawn % numpy.uint64(50) == 0] = numpy.nan
    return pandas.DataFrame(value.reshape(-1, 12))


def plan(parcels, occupancies):
    """Shares of every occupancy in its user's month, and land × days."""
    land = occupancies.join(parcels.rename(columns={"floor": "floors"}), on="parcel")
    share = land["area"] * land["floor"] // land["floors"]
    users = occupancies["user"]
    holders = users < len(parcels)
    shares, weights = {}, {}
    for month, length in enumerate(LENGTHS):
        start, end = STARTS[month], STARTS[month + 1] - 1
        first = numpy.maximum(occupancies["first"], start)
        days = (numpy.minimum(occupancies["last"], end) - first + 1).clip(lower=0)
        weight = share * days
        # Days on which the user is anywhere: spans begin with the month or end with it, so the longest of each and their overlap do.
        from_start = days.where(first == start, 0).groupby(users).transform("max")
        to_end = days.where(first > start, 0).groupby(users).transform("max")
        covered = (from_start + to_end).clip(upper=length)
        # The holder is there even when it uses nothing; what it holds then counts.
        covered = covered.where(~holders, length)
        sums = weight.groupby(users).transform("sum")
        held = holders & (sums == 0)
        part = (weight / sums.where(sums > 0)).fillna(0.0).where(~held, 1.0)
        shares[month] = part * covered / length
        weights[month] = weight
    return pandas.DataFrame(shares), pandas.DataFrame(weights)


def attribute(occupancies, shares, weights, values):
    """By parcel: the value and the share of land × days it is known for."""
    users = occupancies["user"]
    of_users = values.reindex(users).reset_index(drop=True)
    amounts = (of_users * shares).sum(axis=1)
    known = weights.where(of_users.notna(), 0).sum(axis=1)
    by_parcel = pandas.DataFrame({"value": amounts, "known": known, "all": weights.sum(axis=1)})
    by_parcel = by_parcel.groupby(occupancies["parcel"]).sum()
    by_parcel["known"] = numpy.floor(by_parcel["known"] / by_parcel["all"] * 1e6)
    return by_parcel


def attribute_long(long, values):
    """The same as one would write it first: long tables, merged by user and month, grouped by parcel."""
    values = values.stack().rename_axis(["user", "month"]).rename("value").reset_index()
    rows = long.merge(values, on=["user", "month"], how="left")
    known = rows["weight"].where(rows["value"].notna(), 0)
    rows = rows.assign(value=rows["value"].fillna(0.0) * rows["share"], known=known)
    by_parcel = rows.groupby("parcel")[["value", "known", "weight"]].sum()
    by_parcel["known"] = numpy.floor(by_parcel["known"] / by_parcel["weight"] * 1e6)
    return by_parcel


def score(parcels, values):
    """Scores of two decimals and the number of parcels with each grade."""
    mu = parcels["area"] / 1e4 * 0.0015
    points = pandas.DataFrame({
        measure: (column / mu / (column.sum() / mu.sum()) * weight).clip(0, 1.5 * weight)
        for (measure, column), weight in zip(values.items(), [12] + [11] * (MEASURES - 1))
    })
    total = points.fillna(points.mean()).sum(axis=1)
    scores = numpy.floor(total * 100 + 0.5) / 100
    n = len(scores)
    descending = -numpy.sort(-scores.to_numpy())

    def places(share, limit):
        """Equal scores at the line go to the better grade, or to the worse where the share is a limit."""
        at = int(n * share)
        tied = at < n and descending[at - 1] == descending[at]
        above = int((scores > descending[at - 1]).sum())
        return at if not tied else above if limit else int((scores >= descending[at - 1]).sum())

    lines = [places(0.20, True), places(0.75, False), places(0.95, False), n]
    return scores.sum(), [int(count) for count in numpy.diff([0] + lines)]


def once(n, long):
    """Milliseconds and what is compared."""
    parcels, occupancies = region(n)
    start = time.perf_counter()
    shares, weights = plan(parcels, occupancies)
    if long:
        months = pandas.DataFrame({"share": shares.stack(), "weight": weights.stack()}).rename_axis(["at", "month"])
        long = occupancies[["parcel", "user"]].join(months.reset_index("month"))
    ms, rows, values = (time.perf_counter() - start) * 1e3, [], {}
    for measure in range(MEASURES):
        given = column(n, measure)
        start = time.perf_counter()
        found = attribute(occupancies, shares, weights, given) if long is None else attribute_long(long, given)
        total = given.sum().sum()
        ms += (time.perf_counter() - start) * 1e3
        values[measure] = found["value"]
        marked = (found["value"] * (found.index % 97 + 1)).sum()
        rows.append([found["value"].sum(), marked, found["known"].sum(), total - found["value"].sum()])
    start = time.perf_counter()
    scores, grades = score(parcels, values)
    ms += (time.perf_counter() - start) * 1e3
    return ms, {"rows": rows, "scores": scores, "grades": grades}


parcels, repeats, long = int(sys.argv[1]), int(sys.argv[2]), "long" in sys.argv[3:]
times = []
for _ in range(repeats):
    ms, computed = once(parcels, long or None)
    times.append(ms)
print_result("pandas-long" if long else "pandas", times, computed)
