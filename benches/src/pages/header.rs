//! Headers of pages: the few fields of Parquet's compact Thrift that say what a page is and where it ends.

use crate::Fault;

/// What stands before a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Header {
    pub(super) kind: Kind,
    /// How many values.
    pub(super) values: usize,
    /// Bytes in the file.
    pub(super) stored: usize,
    /// Bytes unpacked.
    pub(super) plain: usize,
}

/// Kinds of page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Dictionary,
    Data { encoding: usize },
    Other,
}

/// Types of field in compact Thrift.
mod of {
    pub(super) const TRUE: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const BYTE: u8 = 3;
    pub(super) const I16: u8 = 4;
    pub(super) const I32: u8 = 5;
    pub(super) const I64: u8 = 6;
    pub(super) const BINARY: u8 = 8;
    pub(super) const STRUCT: u8 = 12;
}

impl Header {
    /// The header at the start of some bytes, and its length.
    pub(super) fn parse(bytes: &[u8]) -> Result<(Self, usize), Fault> {
        let mut thrift = Thrift { bytes, at: 0 };
        let (mut kind, mut encoding, mut values) = (None, 0, 0);
        let (mut stored, mut plain) = (0, 0);
        let mut field = 0;
        while let Some(of) = thrift.field(&mut field)? {
            match (field, of) {
                (1, of::I32) => kind = Some(thrift.number()?),
                (2, of::I32) => plain = thrift.number()?,
                (3, of::I32) => stored = thrift.number()?,
                // Of data pages and of dictionaries: number of values and encoding, then what is of no use here.
                (5 | 7, of::STRUCT) => {
                    let mut inner = 0;
                    while let Some(of) = thrift.field(&mut inner)? {
                        match (inner, of) {
                            (1, of::I32) => values = thrift.number()?,
                            (2, of::I32) => encoding = thrift.number()?,
                            _ => thrift.skip(of)?,
                        }
                    }
                }
                _ => thrift.skip(of)?,
            }
        }
        let kind = match kind.ok_or("a page of no kind")? {
            0 => Kind::Data { encoding },
            2 => Kind::Dictionary,
            _ => Kind::Other,
        };
        Ok((Self { kind, values, stored, plain }, thrift.at))
    }
}

/// Compact Thrift being read.
struct Thrift<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Thrift<'_> {
    fn byte(&mut self) -> Result<u8, Fault> {
        let byte = *self.bytes.get(self.at).ok_or("a page's header does not end")?;
        self.at += 1;
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u64, Fault> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err("a number in a page's header does not end".into())
    }

    /// A number that is not negative.
    fn number(&mut self) -> Result<usize, Fault> {
        let zigzag = self.varint()?;
        if zigzag % 2 == 1 {
            return Err("a negative number in a page's header".into());
        }
        Ok(usize::try_from(zigzag / 2)?)
    }

    /// The type of the next field; its number goes into `field`.
    fn field(&mut self, field: &mut u64) -> Result<Option<u8>, Fault> {
        let byte = self.byte()?;
        if byte == 0 {
            return Ok(None);
        }
        *field = match byte >> 4 {
            0 => self.varint()? / 2,
            delta => *field + u64::from(delta),
        };
        Ok(Some(byte & 15))
    }

    fn skip(&mut self, of: u8) -> Result<(), Fault> {
        match of {
            of::TRUE | of::FALSE => {}
            of::BYTE => self.at += 1,
            of::I16 | of::I32 | of::I64 => drop(self.varint()?),
            of::BINARY => self.at += usize::try_from(self.varint()?)?,
            of::STRUCT => {
                let mut field = 0;
                while let Some(of) = self.field(&mut field)? {
                    self.skip(of)?;
                }
            }
            _ => return Err(format!("a field of type {of} in a page's header").into()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written down by hand after the Thrift compact protocol.
    #[test]
    fn headers_are_read_field_by_field() {
        // 1: i32 0 (data page), 2: i32 1000, 3: i32 70, 5: { 1: i32 300, 2: i32 8, 3: i32 3, 4: i32 3, 5: { 5: "ab" } }
        let data = [
            0x15, 0x00, 0x15, 0xd0, 0x0f, 0x15, 0x8c, 0x01, 0x2c, 0x15, 0xd8, 0x04, 0x15, 0x10, 0x15, 0x06,
            0x15, 0x06, 0x1c, 0x58, 0x02, b'a', b'b', 0x00, 0x00, 0x00, 0xff,
        ];
        let expected = Header { kind: Kind::Data { encoding: 8 }, values: 300, stored: 70, plain: 1000 };
        assert_eq!(Header::parse(&data).expect("a header"), (expected, 26));
        // 1: i32 2 (dictionary), 2: i32 80, 3: i32 64, 7: { 1: i32 10, 2: i32 2, 3: false }
        let dictionary =
            [0x15, 0x04, 0x15, 0xa0, 0x01, 0x15, 0x80, 0x01, 0x4c, 0x15, 0x14, 0x15, 0x04, 0x12, 0x00, 0x00];
        let expected = Header { kind: Kind::Dictionary, values: 10, stored: 64, plain: 80 };
        assert_eq!(Header::parse(&dictionary).expect("a header"), (expected, 16));
        assert!(Header::parse(&data[..20]).is_err());
    }
}
