//! Records of binary workbooks (BIFF) and the strings in them.
//!
//! A record is a kind, a length and data; what does not fit goes on in CONTINUE records. A string cut by such a
//! border says again, in the first byte of the new record, whether its characters take one or two bytes.
//! Source: MS-XLS 2.1.4, 2.5.293, 2.5.294.

use super::Limits;
use crate::fault::ReadFault;
use encoding_rs::Encoding;

/// Kind of the records that go on where another was full.
const CONTINUE: u16 = 0x003c;

/// One record with the data of its CONTINUE records.
#[derive(Debug)]
pub(super) struct Record<'s> {
    /// The kind.
    pub(super) kind: u16,
    /// Offset in the stream.
    pub(super) offset: usize,
    /// The data of the record itself.
    pub(super) data: &'s [u8],
    /// The data of the records it goes on in.
    pub(super) more: Vec<&'s [u8]>,
}

impl Record<'_> {
    /// Two bytes at an offset.
    pub(super) fn u16(&self, at: usize) -> Result<u16, ReadFault> {
        let bytes = self.bytes::<2>(at)?;
        Ok(u16::from_le_bytes(bytes))
    }

    /// Four bytes at an offset.
    pub(super) fn u32(&self, at: usize) -> Result<u32, ReadFault> {
        Ok(u32::from_le_bytes(self.bytes(at)?))
    }

    /// A float at an offset.
    pub(super) fn f64(&self, at: usize) -> Result<f64, ReadFault> {
        Ok(f64::from_le_bytes(self.bytes(at)?))
    }

    /// Some bytes at an offset.
    pub(super) fn bytes<const N: usize>(&self, at: usize) -> Result<[u8; N], ReadFault> {
        let slice = self.data.get(at..at + N).and_then(|slice| slice.try_into().ok());
        slice.ok_or_else(|| broken(self.offset, "a record is too short"))
    }

    /// A reader of the strings from an offset on.
    pub(super) fn text_from(&self, at: usize) -> TextReader<'_> {
        let mut segments = Vec::with_capacity(1 + self.more.len());
        segments.push(self.data.get(at..).unwrap_or_default());
        segments.extend_from_slice(&self.more);
        TextReader { segments, segment: 0, at: 0, offset: self.offset }
    }
}

/// Walks over the records of a stream.
#[derive(Debug, Clone)]
pub(super) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Records<'s> {
    /// The records from an offset on.
    pub(super) fn new(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; nothing at the end of the stream.
    pub(super) fn next(&mut self) -> Result<Option<Record<'s>>, ReadFault> {
        let offset = self.at;
        let Some((kind, data)) = self.plain()? else { return Ok(None) };
        let mut more = Vec::new();
        while self.stream.get(self.at..self.at + 2) == Some(&CONTINUE.to_le_bytes()) {
            let Some((_, data)) = self.plain()? else { break };
            more.push(data);
        }
        Ok(Some(Record { kind, offset, data, more }))
    }

    fn plain(&mut self) -> Result<Option<(u16, &'s [u8])>, ReadFault> {
        let Some(&[k0, k1, l0, l1]) = self.stream.get(self.at..self.at + 4) else { return Ok(None) };
        let (start, length) = (self.at + 4, usize::from(u16::from_le_bytes([l0, l1])));
        let data =
            self.stream.get(start..start + length).ok_or_else(|| broken(self.at, "the stream is cut off"))?;
        self.at = start + length;
        Ok(Some((u16::from_le_bytes([k0, k1]), data)))
    }
}

/// The generation of a binary workbook.
#[derive(Debug, Clone, Copy)]
pub(super) enum Biff {
    /// Excel 5 and 95: bytes in the code page of the author's machine.
    Five(&'static Encoding),
    /// Excel 97 to 2003: UTF-16, of which the upper half may be left out.
    Eight,
}

/// How the length of a string is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// One byte.
    Short,
    /// Two bytes.
    Long,
}

/// Reads strings across the borders of records.
#[derive(Debug)]
pub(super) struct TextReader<'s> {
    segments: Vec<&'s [u8]>,
    segment: usize,
    at: usize,
    offset: usize,
}

impl TextReader<'_> {
    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.segments.iter().skip(self.segment).map(|segment| segment.len()).sum::<usize>() <= self.at
    }

    /// A string of a cell, a sheet's name or a number format.
    pub(super) fn text(&mut self, biff: Biff, length: Length, limits: &Limits) -> Result<Text, ReadFault> {
        let count = match length {
            Length::Short => usize::from(self.byte()?),
            Length::Long => usize::from(self.u16()?),
        };
        match biff {
            Biff::Eight => {
                let flags = if count == 0 && self.is_done() { 0 } else { self.byte()? };
                self.rich(count, flags, limits)
            }
            Biff::Five(encoding) => {
                if count > limits.max_cell_chars {
                    return Ok(Text::TooLong);
                }
                let mut bytes = Vec::with_capacity(count);
                for _ in 0..count {
                    bytes.push(self.byte()?);
                }
                Ok(Text::Read(encoding.decode_without_bom_handling(&bytes).0.into_owned()))
            }
        }
    }

    /// The characters of a string and, skipped, its formats and phonetic guides.
    fn rich(&mut self, count: usize, flags: u8, limits: &Limits) -> Result<Text, ReadFault> {
        let runs = if flags & 0x08 != 0 { usize::from(self.u16()?) } else { 0 };
        let guides = if flags & 0x04 != 0 { self.u32()? as usize } else { 0 };
        if count > limits.max_cell_chars {
            return Ok(Text::TooLong);
        }
        let mut units = Vec::with_capacity(count);
        let mut wide = flags & 0x01 != 0;
        while units.len() < count {
            if self.left_in_segment() == 0 {
                self.next_segment()?;
                wide = self.byte()? & 0x01 != 0;
                continue;
            }
            let unit = if wide { self.u16()? } else { u16::from(self.byte()?) };
            units.push(unit);
        }
        self.skip(runs * 4 + guides)?;
        let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Ok(Text::Read(text))
    }

    fn left_in_segment(&self) -> usize {
        self.segments.get(self.segment).map_or(0, |segment| segment.len() - self.at)
    }

    fn next_segment(&mut self) -> Result<(), ReadFault> {
        self.segment += 1;
        self.at = 0;
        if self.segment < self.segments.len() {
            Ok(())
        } else {
            Err(broken(self.offset, "a string is cut off"))
        }
    }

    fn byte(&mut self) -> Result<u8, ReadFault> {
        while self.left_in_segment() == 0 {
            self.next_segment()?;
        }
        let byte = self.segments[self.segment][self.at];
        self.at += 1;
        Ok(byte)
    }

    fn u16(&mut self) -> Result<u16, ReadFault> {
        Ok(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Result<u32, ReadFault> {
        Ok(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Result<(), ReadFault> {
        while count > 0 {
            let here = self.left_in_segment().min(count);
            self.at += here;
            count -= here;
            if count > 0 {
                self.next_segment()?;
            }
        }
        Ok(())
    }
}

/// A string, unless it was longer than a cell may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    /// The string.
    Read(String),
    /// More characters than allowed; the reader stands somewhere inside it.
    TooLong,
}

/// The encoding of a Windows code page, Western for those that are not known.
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        65001 => encoding_rs::UTF_8,
        _ => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252),
    }
}

/// The fault of a stream that contradicts itself.
pub(super) fn broken(offset: usize, detail: &str) -> ReadFault {
    ReadFault::BrokenBinary { offset: offset as u64, detail: detail.to_owned() }
}
