//! Photographs: what kind of picture some bytes are, and the same picture without what the camera wrote beside it.
//!
//! A photo of a phone says where and when it was taken, by which device, often with a second picture or a film behind the first.
//! [`clean`] takes the file apart into the parts of its format and keeps those that draw: the picture's data as they were, colour
//! profiles, and which way up it is. Nothing is decoded, so nothing is lost and nothing is allocated beyond the file's own length.
//!
//! Deliberately absent: scaling, turning, formats browsers do not all show (HEIC), pictures that move.
//!
//! To add a kind: a variant of [`PictureKind`], a file beside this one that takes it apart, an arm in [`clean`].

mod jpeg;
mod png;
#[cfg(test)]
mod tests;

/// More pixels than cameras have; what a browser unpacks to show a picture is bounded by it.
const MOST_PIXELS: u64 = 250_000_000;

/// A kind of picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PictureKind {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
}

impl PictureKind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// What files of it end in.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The kind some bytes begin like.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(jpeg::BEGINS) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(png::BEGINS) {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// A picture and nothing but it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Its kind.
    pub kind: PictureKind,
    /// How wide it is shown, in pixels.
    pub width: u32,
    /// How high it is shown, in pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why some bytes are no picture to keep.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PictureFault {
    /// Of no kind that is kept.
    #[error("neither JPEG nor PNG")]
    Unknown,
    /// A HEIC picture, as some phones take them.
    #[error("a HEIC picture")]
    Heic,
    /// It ends too early or is not what it begins like.
    #[error("a damaged {}", .0.name())]
    Damaged(PictureKind),
    /// It has no pixels, or more than any camera.
    #[error("{0} × {1} pixels")]
    Size(u32, u32),
}

/// The picture that some bytes hold, without places, times, devices, remarks, previews and whatever follows its end.
///
/// # Errors
/// [`PictureFault`] when they are no whole picture of a known kind.
pub fn clean(bytes: &[u8]) -> Result<Picture, PictureFault> {
    let Some(kind) = PictureKind::of(bytes) else {
        let brand = bytes.get(4..12).is_some_and(|b| {
            b.starts_with(b"ftyp")
                && [b"heic", b"heix", b"hevc", b"mif1", b"msf1"].iter().any(|h| b.ends_with(*h))
        });
        return Err(if brand { PictureFault::Heic } else { PictureFault::Unknown });
    };
    let parts = match kind {
        PictureKind::Jpeg => jpeg::clean(bytes),
        PictureKind::Png => png::clean(bytes),
    };
    let (width, height, bytes) = parts.ok_or(PictureFault::Damaged(kind))?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > MOST_PIXELS {
        return Err(PictureFault::Size(width, height));
    }
    Ok(Picture { kind, width, height, bytes })
}

/// So many bytes as a number, the highest first.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}
