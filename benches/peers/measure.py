"""What all peer programs share: time, peak memory, one JSON line per measurement."""

import json
import resource
import time


def timed(work):
    """Runs `work`; gives its result and milliseconds."""
    start = time.perf_counter()
    made = work()
    return made, (time.perf_counter() - start) * 1e3


def repeated(times, work):
    """Runs `work` so many times; gives the last result and all milliseconds."""
    taken = []
    for _ in range(times):
        made, ms = timed(work)
        taken.append(ms)
    return made, taken


def print_result(engine, ms, computed):
    """Prints one measurement as the Rust programs do."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rounded = [round(t, 3) for t in ms]
    print(json.dumps({"engine": engine, "ms": rounded, "peak_mb": peak, "computed": computed}, ensure_ascii=False))
