//! A PNG as its chunks.

use super::number;

/// The signature.
pub(super) const BEGINS: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that change what is seen, beside those no picture is without.
const DRAWING: [&[u8]; 9] = [b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs", b"bKGD"];

/// Width, height and the file without what does not draw; none when it is damaged.
pub(super) fn clean(bytes: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let mut kept = BEGINS.to_vec();
    let (mut at, mut size) = (BEGINS.len(), None);
    loop {
        let length = usize::try_from(number(bytes.get(at..at + 4)?)).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        // Length and kind before, a checksum after.
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        if size.is_none() {
            (kind == b"IHDR" && length == 13).then_some(())?;
            size = Some((number(chunk.get(8..12)?), number(chunk.get(12..16)?)));
        }
        // A first letter in upper case: no picture without it.
        if kind[0].is_ascii_uppercase() || DRAWING.contains(&kind) {
            kept.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            let (width, height) = size?;
            return Some((width, height, kept));
        }
        at = end;
    }
}
