//! Pictures made byte by byte.

use proptest::prelude::*;

use super::*;

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("short");
    [&[0xff, marker], &length.to_be_bytes()[..], body].concat()
}

/// Exif with an orientation, a place and a preview, as the least of a phone.
fn exif(orientation: u8, little: bool) -> Vec<u8> {
    let mut body = b"Exif\0\0".to_vec();
    if little {
        body.extend_from_slice(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
        body.extend_from_slice(&[orientation, 0, 0, 0]);
    } else {
        body.extend_from_slice(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
        body.extend_from_slice(&[0, orientation, 0, 0]);
    }
    body.extend_from_slice(b"GPS 29.87N 121.55E");
    segment(0xe1, &body)
}

const SCAN: &[u8] = b"\x11\xff\x00\x22\xff\xd0\x33";

/// 3 high, 4 wide; with segments before the frame and bytes behind the end.
fn jpeg(before: &[Vec<u8>], behind: &[u8]) -> Vec<u8> {
    let mut file = b"\xff\xd8".to_vec();
    file.extend(before.concat());
    file.extend(segment(0xc0, &[8, 0, 3, 0, 4, 1, 1, 0x11, 0]));
    file.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
    file.extend_from_slice(SCAN);
    file.extend_from_slice(b"\xff\xd9");
    file.extend_from_slice(behind);
    file
}

fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short");
    [&length.to_be_bytes()[..], kind, body, b"crc!"].concat()
}

fn png(between: &[Vec<u8>]) -> Vec<u8> {
    let mut file = png::BEGINS.to_vec();
    file.extend(chunk(b"IHDR", &[0, 0, 0, 4, 0, 0, 0, 3, 8, 2, 0, 0, 0]));
    file.extend(between.concat());
    file.extend(chunk(b"IDAT", b"data"));
    file.extend(chunk(b"IEND", b""));
    file
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_jpeg_keeps_its_picture_and_loses_place_device_and_what_follows() {
    let jfif = segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    let icc = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
    let more =
        [exif(1, true), segment(0xe2, b"MPF\0second"), segment(0xed, b"Photoshop"), segment(0xfe, b"remark")];
    let before = [vec![jfif.clone(), icc.clone()], more.to_vec()].concat();
    let found = clean(&jpeg(&before, b"\xff\xd8 GPS film")).expect("a picture");
    assert_eq!((found.kind, found.width, found.height), (PictureKind::Jpeg, 4, 3));
    assert_eq!(found.bytes, jpeg(&[jfif, icc], b""));
    // What is clean stays as it is.
    assert_eq!(clean(&found.bytes).expect("a picture"), found);
}

#[test]
fn a_jpeg_that_lies_on_its_side_says_so_and_nothing_else() {
    for little in [true, false] {
        let found = clean(&jpeg(&[exif(6, little)], b"")).expect("a picture");
        // Turned by a quarter: 3 wide, 4 high.
        assert_eq!((found.width, found.height), (3, 4));
        assert!(!holds(&found.bytes, b"GPS"));
        // 2 + 36 bytes of Exif instead of the phone's.
        assert_eq!(found.bytes.len(), jpeg(&[], b"").len() + 36);
        assert_eq!(clean(&found.bytes).expect("a picture"), found);
    }
    assert_eq!(clean(&jpeg(&[exif(9, true)], b"")).expect("no such orientation").bytes, jpeg(&[], b""));
}

#[test]
fn a_png_keeps_what_draws() {
    let between = [
        chunk(b"gAMA", b"g"),
        chunk(b"eXIf", b"MM\0*GPS"),
        chunk(b"tEXt", b"Author\0A"),
        chunk(b"iTXt", b"x"),
        chunk(b"tIME", b"t"),
    ];
    let found = clean(&[png(&between), b"behind".to_vec()].concat()).expect("a picture");
    assert_eq!((found.kind, found.width, found.height), (PictureKind::Png, 4, 3));
    assert_eq!(found.bytes, png(&[chunk(b"gAMA", b"g")]));
}

#[test]
fn what_is_no_picture_is_said() {
    assert_eq!(clean(b"GIF89a"), Err(PictureFault::Unknown));
    assert_eq!(clean(b"<svg onload='x'/>"), Err(PictureFault::Unknown));
    assert_eq!(clean(b"\0\0\0\x18ftypheic\0\0\0\0"), Err(PictureFault::Heic));
    assert_eq!(clean(b"\xff\xd8\xff"), Err(PictureFault::Damaged(PictureKind::Jpeg)));
    let mut vast = png(&[]);
    vast[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    assert_eq!(clean(&vast), Err(PictureFault::Size(65536, 65536)));
    // Cut off anywhere it is damaged, never half a picture.
    for whole in [jpeg(&[exif(6, true)], b""), png(&[])] {
        for length in 8..whole.len() {
            assert!(matches!(clean(&whole[..length]), Err(PictureFault::Damaged(_))), "{length}");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_or_grow(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), kind in 0..4_usize) {
        let begins: [&[u8]; 4] = [jpeg::BEGINS, png::BEGINS, b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0", b""];
        bytes.splice(0..0, begins[kind].iter().copied());
        if let Ok(picture) = clean(&bytes) {
            // A file may gain the segment that says which way up, where it had one that said more.
            prop_assert!(picture.bytes.len() <= bytes.len() + 36);
        }
    }
}
