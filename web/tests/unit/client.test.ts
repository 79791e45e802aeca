import { describe, expect, it } from 'vitest'
import { fileName, newKey, queryString } from '../../src/api/client'

describe('talking to the server', () => {
  it('repeats keys of lists and leaves out what is empty', () => {
    expect(queryString({ filter: ['a:eq:1', 'b:filled:'], q: '', limit: 0, sort: undefined })).toBe('?filter=a%3Aeq%3A1&filter=b%3Afilled%3A&limit=0')
    expect(queryString({})).toBe('')
  })
  it('makes version 4 UUIDs', () => {
    const [a, b] = [newKey(), newKey()]
    expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(a).not.toBe(b)
  })
  it('reads the encoded file name first', () => {
    expect(fileName(`attachment; filename="report.docx"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.docx`)).toBe(decodeURIComponent('%E6%8A%A5%E5%91%8A.docx'))
    expect(fileName('attachment; filename="report.docx"')).toBe('report.docx')
    expect(fileName(null)).toBe('')
  })
})
