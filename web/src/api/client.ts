// Speaks HTTP with the server: the session's token against forged requests, one key per write, problems as errors.
// Caching of reads is the browser's: the server answers with tags and "no-cache".
import type { Problem } from './types'

/** What the server (or the lack of one) says went wrong. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
  }
  get code(): string { return this.problem.code }
  get status(): number { return this.problem.status }
}

/** A query: lists become repeated keys, empty ones are left out. */
export type Query = Record<string, string | number | boolean | undefined | null | readonly (string | number)[]>

const BASE = '/api/v1'
let csrf = ''
let onSignedOut: () => void = () => {}

/** Remembers the token that writes must carry. */
export function setCsrf(token: string): void { csrf = token }
/** What to do when the server says that nobody is signed in any more. */
export function whenSignedOut(handler: () => void): void { onSignedOut = handler }

/** Writes a query string, with its question mark, or nothing. */
export function queryString(query?: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value)) for (const one of value) search.append(key, String(one))
    else search.append(key, String(value))
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}

/** The address of a path of the API, for links and event sources. */
export function address(path: string, query?: Query): string { return BASE + path + queryString(query) }

/** A UUID (v4) that also works where the page came without TLS from another host. */
export function newKey(): string {
  const b = crypto.getRandomValues(new Uint8Array(16))
  b[6] = (b[6]! & 0x0f) | 0x40
  b[8] = (b[8]! & 0x3f) | 0x80
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export interface WriteOptions {
  /** The version an edit was based on. */
  ifMatch?: number
  /** The same key again makes a repeated write harmless. */
  key?: string
  signal?: AbortSignal
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as Partial<Problem>
    if (body.code) return { type: '', title: '', ...body, status: answer.status } as Problem
  } catch { /* not JSON: a proxy between us and the server answered */ }
  return { type: 'about:blank', title: '', status: answer.status, code: answer.status >= 500 ? 'internal' : 'unexpected' }
}

async function send(method: string, path: string, query: Query | undefined, init: RequestInit): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(address(path, query), { method, credentials: 'same-origin', ...init })
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault
    throw new ApiProblem({ type: 'about:blank', title: '', status: 0, code: 'unreachable' })
  }
  if (answer.ok) return answer
  const problem = await problemOf(answer)
  if (problem.code === 'not-signed-in') onSignedOut()
  throw new ApiProblem(problem)
}

async function bodyOf<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  const text = await answer.text()
  return (text ? JSON.parse(text) : undefined) as T
}

function write<T>(method: string, path: string, body: unknown, options: WriteOptions = {}, query?: Query): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': options.key ?? newKey() }
  if (csrf) headers['X-CSRF-Token'] = csrf
  if (options.ifMatch !== undefined) headers['If-Match'] = `"v${options.ifMatch}"`
  let payload: BodyInit | undefined
  if (body instanceof FormData) payload = body
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json'
    payload = JSON.stringify(body)
  }
  return send(method, path, query, { headers, body: payload, signal: options.signal }).then((answer) => bodyOf<T>(answer))
}

export function get<T>(path: string, query?: Query, options: { signal?: AbortSignal } = {}): Promise<T> {
  return send('GET', path, query, { headers: { Accept: 'application/json' }, signal: options.signal }).then((a) => bodyOf<T>(a))
}
export function post<T>(path: string, body?: unknown, options?: WriteOptions): Promise<T> { return write('POST', path, body, options) }
export function put<T>(path: string, body?: unknown, options?: WriteOptions): Promise<T> { return write('PUT', path, body, options) }
export function patch<T>(path: string, body?: unknown, options?: WriteOptions): Promise<T> { return write('PATCH', path, body, options) }
/** Deletes; what the contract asks for goes into the query or, where it says so, the body. */
export function del<T>(path: string, options: WriteOptions & { query?: Query; body?: unknown } = {}): Promise<T> {
  return write('DELETE', path, options.body, options, options.query)
}
/** Sends a file, with further form fields beside it. */
export function upload<T>(path: string, file: File, fields: Record<string, string> = {}, options?: WriteOptions): Promise<T> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  return write('POST', path, form, options)
}

async function keep(answer: Response, path: string): Promise<void> {
  const name = fileName(answer.headers.get('Content-Disposition')) || path.split('/').pop() || 'download'
  saveFile(new File([await answer.blob()], name))
}

/** Fetches a file and hands it to the browser to keep, so that a refusal can be shown on the page. */
export async function download(path: string, query?: Query): Promise<void> {
  await keep(await send('GET', path, query, {}), path)
}

async function exchange(path: string, file: File, fields: Record<string, string>): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file, file.name)
  const headers: Record<string, string> = { 'Idempotency-Key': newKey() }
  if (csrf) headers['X-CSRF-Token'] = csrf
  return send('POST', path, undefined, { headers, body: form })
}
const asFile = async (answer: Response): Promise<File> => new File([await answer.blob()], fileName(answer.headers.get('Content-Disposition')))

/** Sends a file and hands the one that comes back to the browser to keep. */
export async function downloadSent(path: string, file: File, fields: Record<string, string> = {}): Promise<void> {
  await keep(await exchange(path, file, fields), path)
}
/** Sends a file and gives the one that comes back. */
export async function exchanged(path: string, file: File, fields: Record<string, string> = {}): Promise<File> {
  return asFile(await exchange(path, file, fields))
}
/** Fetches a file for the page itself. */
export async function fetched(path: string, query?: Query): Promise<File> {
  return asFile(await send('GET', path, query, {}))
}
/** Hands a file the page holds to the browser to keep. */
export function saveFile(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The file name a Content-Disposition header names (RFC 6266, the encoded form first). */
export function fileName(header: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(header ?? '')?.[1] ?? ''
}
