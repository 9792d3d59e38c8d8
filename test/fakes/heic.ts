/**
 * A HEIC as a phone writes it, small: 64×32, the left half red and the right half blue, with a box that may turn it. The
 * frame was made by x265: `ffmpeg -f lavfi -i color=red:s=32x32 … hstack … -c:v libx265 -x265-params keyint=1:info=0`.
 */
const FRAME = Buffer.from(
  'AAAAAUABDAH//wQIAAADAJ+oAAADAAAeugJAAAAAAUIBAQQIAAADAJ+oAAADAAAeoCCCFlurkyvAWwIAAAMAAgAAAwAyEAAAAAFEAcFzwIkAAAEoAa8J4D3wt//whpf/wV+h+0cnJf/zlfO/bIv/+cb+',
  'base64',
);

/** `turns`: quarter turns against the clock. */
export function heic({ turns = 0, brand = 'heic' }: { turns?: number; brand?: string } = {}): Buffer {
  const units = unitsOf(FRAME);
  const parameters = units.filter((unit) => typeOf(unit) >= 32);
  const picture = units.filter((unit) => typeOf(unit) < 32);
  const data = Buffer.concat(picture.flatMap((unit) => [u32(unit.length), unit]));
  const properties = [
    hvcC(parameters),
    box('ispe', u32(0), u32(64), u32(32)),
    box('irot', Buffer.from([turns])),
  ];
  const associations = Buffer.from([3, 0x81, 0x02, 0x83]);
  const ftyp = box('ftyp', text(brand), u32(0), text('mif1'), text('heic'));
  const meta = (at: number): Buffer =>
    box(
      'meta',
      u32(0),
      box('hdlr', u32(0), u32(0), text('pict'), Buffer.alloc(13)),
      box('pitm', u32(0), u16(1)),
      box(
        'iinf',
        u32(0),
        u16(1),
        box('infe', u32(0x02000000), u16(1), u16(0), text('hvc1'), Buffer.alloc(1)),
      ),
      box('iloc', u32(0), Buffer.from([0x44, 0]), u16(1), u16(1), u16(0), u16(1), u32(at), u32(data.length)),
      box('iprp', box('ipco', ...properties), box('ipma', u32(0), u32(1), u16(1), associations)),
    );
  const at = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(at), box('mdat', data)]);
}

/** Between start codes: two or three zeros, and a one. */
function unitsOf(stream: Buffer): Buffer[] {
  return stream
    .toString('hex')
    .split(/(?<=^(?:..)*)(?:0000)(?:00)?01/)
    .filter((unit) => unit !== '')
    .map((unit) => Buffer.from(unit, 'hex'));
}

const typeOf = (unit: Buffer): number => ((unit[0] ?? 0) >> 1) & 0x3f;

function hvcC(units: readonly Buffer[]): Buffer {
  const level = units.find((unit) => typeOf(unit) === 32)?.subarray(6, 18) ?? Buffer.alloc(12);
  const head = [
    Buffer.from([1]),
    level.subarray(0, 12),
    u16(0xf000),
    Buffer.from([0xfc, 0xfd, 0xf8, 0xf8]),
    u16(0),
  ];
  const arrays = units.flatMap((unit) => [
    Buffer.from([0x80 | typeOf(unit)]),
    u16(1),
    u16(unit.length),
    unit,
  ]);
  return box('hvcC', ...head, Buffer.from([0x0f, units.length]), ...arrays);
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), text(type), body]);
}

const text = (letters: string): Buffer => Buffer.from(letters, 'latin1');

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
