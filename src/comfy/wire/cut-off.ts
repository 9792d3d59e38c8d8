/**
 * Whether a file ends before its end: a proxy that states a wrong length hands over half a picture as a whole answer,
 * and nothing in HTTP says so. Looked at as it passes by.
 */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const PNG_END = Buffer.from('IEND');
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/** WebP, WAV and AVI say their length after these four letters, less these and the length itself. */
const RIFF = Buffer.from('RIFF');
const RIFF_HEAD = 8;

/** A file's pieces, unchanged; throws what `cutOff` makes when there is none after the last one that should come. */
export async function* uncut(
  pieces: AsyncIterable<Uint8Array>,
  cutOff: () => Error,
): AsyncGenerator<Uint8Array> {
  const watch = createWatch();
  for await (const piece of pieces) {
    watch.saw(piece);
    yield piece;
  }
  if (watch.isCutOff()) throw cutOff();
}

interface Watch {
  saw(piece: Uint8Array): void;
  /** False for what cannot be told, and for a file with something behind its end. */
  isCutOff(): boolean;
}

function createWatch(): Watch {
  let size = 0;
  let head: Buffer = Buffer.alloc(0);
  /** The last bytes of the piece before, which an end may begin in. */
  let before: Buffer = Buffer.alloc(0);
  let ended = false;

  const begins = (with_: Buffer): boolean => head.subarray(0, with_.length).equals(with_);
  const end = (): Buffer | undefined => (begins(PNG) ? PNG_END : begins(JPEG) ? JPEG_END : undefined);

  return {
    saw(piece) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      size += bytes.length;
      if (head.length < RIFF_HEAD) head = Buffer.concat([head, bytes.subarray(0, RIFF_HEAD - head.length)]);
      const wanted = end();
      if (wanted === undefined || ended) return;
      const seam = Buffer.concat([before, bytes.subarray(0, wanted.length - 1)]);
      ended = seam.includes(wanted) || bytes.includes(wanted);
      const tail = bytes.length < wanted.length ? Buffer.concat([before, bytes]) : bytes;
      // copied, so that the piece itself can go
      before = Buffer.from(tail.subarray(-(wanted.length - 1)));
    },
    isCutOff() {
      if (end() !== undefined) return !ended;
      return begins(RIFF) && head.length === RIFF_HEAD && head.readUInt32LE(4) + RIFF_HEAD > size;
    },
  };
}
