// A zipped Shapefile of polygons in a 3-degree zone, as a surveyor sends one – with or without a word of which zone it is.
import { crc32 } from 'node:zlib'

/** Longitude and latitude in degrees to northing and easting in metres: transverse Mercator on the ellipsoid of CGCS2000 (Snyder 8-9 f). */
export function toZone([lon, lat], meridian, falseEasting = 500000) {
  const [a, f] = [6378137, 1 / 298.257222101]
  const e2 = f * (2 - f)
  const ep2 = e2 / (1 - e2)
  const p = (lat * Math.PI) / 180
  const [sin, cos, tan] = [Math.sin(p), Math.cos(p), Math.tan(p)]
  const n = a / Math.sqrt(1 - e2 * sin * sin)
  const [t, c, A] = [tan * tan, ep2 * cos * cos, (((lon - meridian) * Math.PI) / 180) * cos]
  const m = a * ((1 - e2 / 4 - (3 * e2 ** 2) / 64 - (5 * e2 ** 3) / 256) * p - ((3 * e2) / 8 + (3 * e2 ** 2) / 32 + (45 * e2 ** 3) / 1024) * Math.sin(2 * p)
    + ((15 * e2 ** 2) / 256 + (45 * e2 ** 3) / 1024) * Math.sin(4 * p) - ((35 * e2 ** 3) / 3072) * Math.sin(6 * p))
  const east = falseEasting + n * (A + ((1 - t + c) * A ** 3) / 6 + ((5 - 18 * t + t * t + 72 * c - 58 * ep2) * A ** 5) / 120)
  const north = m + n * tan * (A ** 2 / 2 + ((5 - t + 9 * c + 4 * c * c) * A ** 4) / 24 + ((61 - 58 * t + t * t + 600 * c - 330 * ep2) * A ** 6) / 720)
  return [east, north]
}

/** `items` are { code, name, ring } with rings of [x, y], closed; `prj` is what the file says of its coordinates. */
export function shapefile(base, items, prj) {
  const records = items.map(({ ring }) => {
    // Outer rings run clockwise.
    const area = ring.slice(1).reduce((sum, [x, y], at) => sum + ring[at][0] * y - x * ring[at][1], 0)
    const points = area > 0 ? ring.toReversed() : ring
    const body = Buffer.alloc(48 + points.length * 16)
    body.writeInt32LE(5, 0)
    ;[Math.min(...points.map((p) => p[0])), Math.min(...points.map((p) => p[1])), Math.max(...points.map((p) => p[0])), Math.max(...points.map((p) => p[1]))].forEach((v, at) => body.writeDoubleLE(v, 4 + at * 8))
    body.writeInt32LE(1, 36)
    body.writeInt32LE(points.length, 40)
    body.writeInt32LE(0, 44)
    points.forEach(([x, y], at) => { body.writeDoubleLE(x, 48 + at * 16); body.writeDoubleLE(y, 56 + at * 16) })
    return body
  })
  const all = items.flatMap((item) => item.ring)
  const box = [Math.min(...all.map((p) => p[0])), Math.min(...all.map((p) => p[1])), Math.max(...all.map((p) => p[0])), Math.max(...all.map((p) => p[1]))]
  const head = (words) => {
    const bytes = Buffer.alloc(100)
    bytes.writeInt32BE(9994, 0)
    bytes.writeInt32BE(words, 24)
    bytes.writeInt32LE(1000, 28)
    bytes.writeInt32LE(5, 32)
    box.forEach((v, at) => bytes.writeDoubleLE(v, 36 + at * 8))
    return bytes
  }
  const [shp, shx] = [[], []]
  let at = 50
  records.forEach((body, n) => {
    const lead = Buffer.alloc(8)
    lead.writeInt32BE(n + 1, 0)
    lead.writeInt32BE(body.length / 2, 4)
    shp.push(lead, body)
    const index = Buffer.alloc(8)
    index.writeInt32BE(at, 0)
    index.writeInt32BE(body.length / 2, 4)
    shx.push(index)
    at += 4 + body.length / 2
  })
  const files = {
    [`${base}.shp`]: Buffer.concat([head(at), ...shp]),
    [`${base}.shx`]: Buffer.concat([head(50 + records.length * 4), ...shx]),
    [`${base}.dbf`]: dbf(items),
    [`${base}.cpg`]: Buffer.from('UTF-8'),
    ...(prj ? { [`${base}.prj`]: Buffer.from(prj) } : {}),
  }
  return zip(files)
}

function dbf(items) {
  const fields = [['ZDDM', 40, (item) => item.code], ['ZDMC', 80, (item) => item.name]]
  const length = 1 + fields.reduce((sum, [, size]) => sum + size, 0)
  const head = Buffer.alloc(32 + fields.length * 32 + 1)
  head.writeUInt8(3, 0)
  head.writeUInt8(123, 1)
  head.writeUInt8(10, 2)
  head.writeUInt8(31, 3)
  head.writeUInt32LE(items.length, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(length, 10)
  fields.forEach(([name, size], at) => {
    head.write(name, 32 + at * 32, 'latin1')
    head.write('C', 43 + at * 32, 'latin1')
    head.writeUInt8(size, 48 + at * 32)
  })
  head.writeUInt8(0x0d, head.length - 1)
  const rows = items.map((item) => {
    const row = Buffer.alloc(length, 0x20)
    let at = 1
    for (const [, size, read] of fields) {
      Buffer.from(read(item), 'utf8').copy(row, at, 0, size)
      at += size
    }
    return row
  })
  return Buffer.concat([head, ...rows, Buffer.from([0x1a])])
}

/** Files without compression. */
export function zip(files) {
  const [parts, central] = [[], []]
  let offset = 0
  for (const [name, body] of Object.entries(files)) {
    const bytes = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt32LE(crc32(body), 14)
    local.writeUInt32LE(body.length, 18)
    local.writeUInt32LE(body.length, 22)
    local.writeUInt16LE(bytes.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    entry.writeUInt16LE(20, 6)
    local.copy(entry, 16, 14, 28)
    entry.writeUInt32LE(offset, 42)
    parts.push(local, bytes, body)
    central.push(entry, bytes)
    offset += 30 + bytes.length + body.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...central, end])
}
