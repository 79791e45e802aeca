//! Tables of texts: one that sheets fill themselves, and the sharing-out of a workbook's common table.
//!
//! While a sheet is read, a text cell holds either a number in the sheet's own table (marked with [`OWN`]) or a number
//! in the workbook's table, which may still be being read by another thread. [`share_out`] turns both into numbers of
//! the sheet's final table.

use super::Limits;
use crate::fault::ReadFault;
use crate::sheet::{CellValue, Sheet, a1};
use std::collections::HashMap;

/// Marks a text that stands in the sheet's own table.
pub(super) const OWN: u32 = 1 << 31;

/// Counts the bytes and numbers of strings against the limits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextBudget {
    strings: usize,
    bytes: u64,
}

impl TextBudget {
    /// Counts one more string.
    pub(super) fn add(&mut self, text: &str, limits: &Limits) -> Result<(), ReadFault> {
        self.strings += 1;
        self.bytes += text.len() as u64;
        if self.strings > limits.max_strings.min(OWN as usize) {
            return Err(ReadFault::TooManyStrings { limit: limits.max_strings });
        }
        if self.bytes > limits.max_text_bytes {
            return Err(ReadFault::TooMuchText { limit: limits.max_text_bytes });
        }
        Ok(())
    }
}

/// Each text once, in the order of first use.
#[derive(Debug, Default)]
pub(super) struct Interner {
    numbers: HashMap<Box<str>, u32>,
    strings: Vec<String>,
}

impl Interner {
    /// The number of a text, new or old.
    pub(super) fn number(
        &mut self,
        text: &str,
        budget: &mut TextBudget,
        limits: &Limits,
    ) -> Result<u32, ReadFault> {
        if let Some(number) = self.numbers.get(text) {
            return Ok(*number);
        }
        budget.add(text, limits)?;
        let number = u32::try_from(self.strings.len())
            .map_err(|_| ReadFault::TooManyStrings { limit: limits.max_strings })?;
        self.numbers.insert(text.into(), number);
        self.strings.push(text.to_owned());
        Ok(number)
    }

    /// The texts in the order of their numbers.
    pub(super) fn into_strings(self) -> Vec<String> {
        self.strings
    }
}

/// Gives every sheet the texts of the common table that it uses and drops cells whose text is empty.
pub(super) fn share_out(common: Vec<String>, sheets: &mut [Sheet]) -> Result<(), ReadFault> {
    let uses_common = |sheet: &Sheet| {
        sheet.cells.iter().any(|cell| matches!(cell.value, CellValue::Text(number) if number & OWN == 0))
    };
    let users = sheets.iter().filter(|sheet| uses_common(sheet)).count();
    let mut common = Some(common);
    for sheet in sheets {
        let alone = users == 1 && sheet.strings.is_empty() && uses_common(sheet);
        if alone && let Some(table) = common.take() {
            check_numbers(sheet, table.len())?;
            sheet.strings = table;
            common = Some(Vec::new());
        } else {
            renumber(sheet, common.as_deref().unwrap_or_default())?;
        }
        let strings = &sheet.strings;
        if strings.iter().any(String::is_empty) {
            let empty =
                |value| matches!(value, CellValue::Text(number) if strings[number as usize].is_empty());
            sheet.cells.retain(|cell| !empty(cell.value));
        }
    }
    Ok(())
}

fn check_numbers(sheet: &Sheet, known: usize) -> Result<(), ReadFault> {
    for cell in &sheet.cells {
        if let CellValue::Text(index) = cell.value
            && index as usize >= known
        {
            return Err(dangling(sheet, cell.row, cell.col, index));
        }
    }
    Ok(())
}

fn renumber(sheet: &mut Sheet, common: &[String]) -> Result<(), ReadFault> {
    const UNUSED: u32 = u32::MAX;
    let mut numbers = vec![UNUSED; common.len()];
    for at in 0..sheet.cells.len() {
        let cell = sheet.cells[at];
        let CellValue::Text(index) = cell.value else { continue };
        let number = if index & OWN != 0 {
            index & !OWN
        } else {
            let Some(known) = numbers.get_mut(index as usize) else {
                return Err(dangling(sheet, cell.row, cell.col, index));
            };
            if *known == UNUSED {
                *known = u32::try_from(sheet.strings.len()).unwrap_or(UNUSED);
                sheet.strings.push(common[index as usize].clone());
            }
            *known
        };
        sheet.cells[at].value = CellValue::Text(number);
    }
    Ok(())
}

fn dangling(sheet: &Sheet, row: u32, col: u16, index: u32) -> ReadFault {
    ReadFault::DanglingString { sheet: sheet.name.clone(), cell: a1(row, col), index }
}
