//! Columns filled on several threads. Every element depends on its own place alone, so the number of threads changes nothing.

/// Below this many elements one thread is faster.
const WORTH_IT: usize = 8_192;

/// A column of `len` elements, each made of its place.
pub(super) fn column<T: Send + Copy + Default>(
    len: usize,
    threads: usize,
    make: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let mut column = vec![T::default(); len];
    let threads = threads.clamp(1, len.div_ceil(WORTH_IT).max(1));
    let part = len.div_ceil(threads).max(1);
    let fill = |from: usize, out: &mut [T]| {
        for (place, out) in (from..).zip(out) {
            *out = make(place);
        }
    };
    if threads == 1 {
        fill(0, &mut column);
        return column;
    }
    let fill = &fill;
    std::thread::scope(|scope| {
        for (n, out) in column.chunks_mut(part).enumerate() {
            scope.spawn(move || fill(n * part, out));
        }
    });
    column
}

/// Folds of the parts of `0..len`, in order.
pub(super) fn parts<T: Send>(
    len: usize,
    threads: usize,
    fold: impl Fn(std::ops::Range<usize>) -> T + Sync,
) -> Vec<T> {
    let threads = threads.clamp(1, len.div_ceil(WORTH_IT).max(1));
    let part = len.div_ceil(threads).max(1);
    if threads == 1 {
        return vec![fold(0..len)];
    }
    let fold = &fold;
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..len)
            .step_by(part)
            .map(|from| scope.spawn(move || fold(from..len.min(from + part))))
            .collect();
        running.into_iter().map(|one| one.join().expect("a fold does not panic")).collect()
    })
}
