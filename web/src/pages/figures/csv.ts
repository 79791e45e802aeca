// A table as a CSV file that opens right in Excel and WPS: with a byte order mark, and no cell that a spreadsheet would run.

/** Spreadsheets run cells that begin with these; a leading apostrophe makes them text. Numbers keep their sign. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^-?[\d.,]+%?$/.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  const text = harmless(cell)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export function toCsv(rows: string[][]): string {
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}

/** Hands the browser a file made here. */
export function saveText(name: string, content: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Revoked late: some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
