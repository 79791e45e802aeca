"""Makes the shapes of the overlay and lays them with GEOS, through GeoPandas and through Shapely by hand.

gen: 100,000 polygons of 5 to 12 corners, 40 to 240 m across, over 100 boundaries of 2,048 points that share their winding
lines, as towns do; in metres, 30 km × 30 km. The file is what `overlay.rs` reads.
geopandas: `overlay(how="intersection")`, the call one finds first.
shapely: the same by hand as fast as we could make it: a tree of the polygons, prepared boundaries, intersections only of
polygons that are not covered, on so many threads (GEOS lets go of the interpreter's lock).

usage: overlay.py gen FILE | overlay.py geopandas|shapely FILE REPEATS [THREADS]
"""

import sys

import numpy as np
from measure import print_result, repeated

SIDE = 30_000.0
CELLS = 10
STEPS = 300
LEAST = 1e-4


def line(rng, a, b):
    """A winding line from a to b: middle points moved aside, again and again."""
    points = np.array([a, b])
    sway = 300.0
    while len(points) <= STEPS:
        middle = (points[:-1] + points[1:]) / 2
        along = points[1:] - points[:-1]
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.linalg.norm(along, axis=1, keepdims=True)
        middle += aside * rng.uniform(-sway, sway, len(middle))[:, None]
        merged = np.empty((len(points) + len(middle), 2))
        merged[::2], merged[1::2] = points, middle
        points, sway = merged, sway * 0.42
    return points


def boundaries(rng):
    """Cells of a grid between winding lines."""
    knots = np.linspace(-SIDE / 2, SIDE / 2, CELLS + 1)
    flat = {(i, j): line(rng, (knots[i], knots[j]), (knots[i + 1], knots[j])) for i in range(CELLS) for j in range(CELLS + 1)}
    steep = {(i, j): line(rng, (knots[i], knots[j]), (knots[i], knots[j + 1])) for i in range(CELLS + 1) for j in range(CELLS)}
    for i in range(CELLS):
        for j in range(CELLS):
            parts = flat[i, j][:-1], steep[i + 1, j][:-1], flat[i, j + 1][:0:-1], steep[i, j][:0:-1]
            yield np.concatenate(parts)


def polygons(rng, count):
    """Star-shaped polygons anywhere."""
    for _ in range(count):
        corners = rng.integers(5, 13)
        angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + rng.uniform(0, 0.3)
        radii = rng.uniform(20, 120) * rng.uniform(0.6, 1.0, corners)
        middle = rng.uniform(-SIDE / 2, SIDE / 2, 2)
        yield middle + np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


def generate(path):
    """Writes both lists. Boundaries that cross themselves are drawn again by another seed."""
    import shapely

    seed = 1
    while True:
        cells = list(boundaries(np.random.default_rng(seed)))
        if all(shapely.is_valid(shapely.Polygon(cell)) for cell in cells):
            break
        seed += 1
    with open(path, "wb") as out:
        for rings in (list(polygons(np.random.default_rng(2), 100_000)), cells):
            np.array([len(rings)], dtype="<u8").tofile(out)
            for ring in rings:
                np.array([len(ring)], dtype="<u8").tofile(out)
                ring.astype("<f8").tofile(out)


def load(path):
    """Both lists as arrays of GEOS polygons."""
    import shapely

    words = np.fromfile(path, dtype="<u8")
    numbers, at, lists = words.view("<f8"), 0, []
    for _ in range(2):
        count, at, rings = int(words[at]), at + 1, []
        for _ in range(count):
            points = int(words[at])
            rings.append(shapely.Polygon(numbers[at + 1 : at + 1 + 2 * points].reshape(-1, 2)))
            at += 1 + 2 * points
        lists.append(np.array(rings))
    return lists


def by_geopandas(shapes, bounds):
    """The call one finds first."""
    import geopandas

    ours = geopandas.GeoDataFrame({"polygon": range(len(shapes))}, geometry=shapes)
    theirs = geopandas.GeoDataFrame({"boundary": range(len(bounds))}, geometry=bounds)

    def work():
        found = geopandas.overlay(ours, theirs, how="intersection", keep_geom_type=True)
        return found["boundary"].to_numpy(), found.geometry.area.to_numpy()

    return work


def by_shapely(shapes, bounds, threads):
    """By hand."""
    import shapely
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(threads)

    def cut(pairs):
        return shapely.intersection(shapes[pairs[1]], bounds[pairs[0]])

    def query(boxes, numbers):
        return numbers[boxes[0]], boxes[1]

    def work():
        shapely.prepare(bounds)
        tree = shapely.STRtree(shapes)
        parts = np.array_split(np.arange(len(bounds)), threads)

        def run(numbers):
            inside = tree.query(bounds[numbers], predicate="covers")
            meets = tree.query(bounds[numbers], predicate="intersects")
            width = len(shapes)
            key = np.setdiff1d(meets[0] * width + meets[1], inside[0] * width + inside[1], assume_unique=True)
            across = numbers[key // width], key % width
            pieces = cut(across)
            return np.concatenate([numbers[inside[0]], across[0]]), np.concatenate([shapes[inside[1]], pieces])

        done = list(pool.map(run, parts))
        boundary = np.concatenate([d[0] for d in done])
        return boundary, shapely.area(np.concatenate([d[1] for d in done]))

    return work


def main():
    """Reads the arguments."""
    if sys.argv[1] == "gen":
        generate(sys.argv[2])
        return
    shapes, bounds = load(sys.argv[2])
    threads = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    work = by_geopandas(shapes, bounds) if sys.argv[1] == "geopandas" else by_shapely(shapes, bounds, threads)
    (boundary, area), ms = repeated(int(sys.argv[3]), work)
    keep = area > LEAST
    areas = np.bincount(boundary[keep], weights=area[keep], minlength=len(bounds))
    engine = "geopandas" if sys.argv[1] == "geopandas" else f"shapely-{threads}"
    print_result(engine, ms, {"pieces": int(keep.sum()), "areas": areas.tolist()})


main()
