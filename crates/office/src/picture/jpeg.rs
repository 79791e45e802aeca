//! A JPEG as its segments.

use super::number;

/// Start of image, and the first byte of what must follow.
pub(super) const BEGINS: &[u8] = b"\xff\xd8\xff";

/// The most that a picture may be turned and mirrored: the eighth orientation of Exif.
const LAST_ORIENTATION: u16 = 8;
/// From this orientation on height and width change places.
const FIRST_LYING: u16 = 5;

/// Width, height and the file without what does not draw; none when it is damaged.
pub(super) fn clean(bytes: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let mut kept = bytes.get(..2)?.to_vec();
    let (mut at, mut size, mut orientation) = (2, None, None);
    loop {
        // Any number of filling bytes may stand before a marker.
        let begins = at;
        (*bytes.get(at)? == 0xff).then_some(())?;
        while *bytes.get(at)? == 0xff {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        match marker {
            0xd9 => break,
            0x01 | 0xd0..=0xd7 => kept.extend_from_slice(bytes.get(begins..at)?),
            _ => {
                let length = usize::try_from(number(bytes.get(at..at + 2)?)).ok()?;
                let body = bytes.get(at + 2..at.checked_add(length)?)?;
                at += length;
                if marker == 0xe1 && orientation.is_none() {
                    orientation = body.strip_prefix(b"Exif\0\0").and_then(orientation_of);
                }
                if is_size(marker) && size.is_none() {
                    size = Some((number(body.get(3..5)?), number(body.get(1..3)?)));
                }
                if draws(marker, body) {
                    kept.extend_from_slice(bytes.get(begins..at)?);
                }
                if marker == 0xda {
                    let end = at + scan(bytes.get(at..)?)?;
                    kept.extend_from_slice(bytes.get(at..end)?);
                    at = end;
                }
            }
        }
    }
    // What follows the end – a film, a second picture with a place of its own – is not taken along.
    kept.extend_from_slice(b"\xff\xd9");
    let (mut width, mut height) = size?;
    if let Some(orientation) = orientation.filter(|turned| *turned > 1) {
        if orientation >= FIRST_LYING {
            std::mem::swap(&mut width, &mut height);
        }
        kept.splice(2..2, upright(orientation));
    }
    Some((width, height, kept))
}

/// Start of frame, of any process.
fn is_size(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Whether a segment is needed to draw the picture as it was taken.
fn draws(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xe0 => body.starts_with(b"JFIF\0"),
        0xe2 => body.starts_with(b"ICC_PROFILE\0"),
        0xee => body.starts_with(b"Adobe"),
        // Other application data, remarks.
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// The length of what is coded after a start of scan: up to a marker that is neither a stuffed zero nor a restart.
fn scan(bytes: &[u8]) -> Option<usize> {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7);
    bytes.windows(2).position(ends)
}

/// Which way up the picture is, of Exif's own little TIFF file.
fn orientation_of(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let read = |at: usize, length: usize| -> Option<u32> {
        let mut bytes = tiff.get(at..at.checked_add(length)?)?.to_vec();
        if little {
            bytes.reverse();
        }
        Some(number(&bytes))
    };
    let directory = usize::try_from(read(4, 4)?).ok()?;
    let entries = usize::try_from(read(directory, 2)?).ok()?;
    let entry = |n: usize| directory.checked_add(2 + 12 * n);
    let found = (0..entries).filter_map(entry).find(|at| read(*at, 2) == Some(0x0112))?;
    u16::try_from(read(found.checked_add(8)?, 2)?).ok().filter(|turned| *turned <= LAST_ORIENTATION)
}

/// An Exif segment that says which way up the picture is, and nothing else.
fn upright(orientation: u16) -> Vec<u8> {
    let mut segment = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    segment.extend_from_slice(&orientation.to_be_bytes());
    segment.extend_from_slice(&[0; 6]);
    segment
}
