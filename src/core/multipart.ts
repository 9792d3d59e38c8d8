/**
 * A form with files, as a stream: nothing of it is in memory but the piece that is on its way. Its length is known
 * before, so that it is sent with one; it may be read again, for another try.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { Bytes, StoredFile } from './files.ts';
import type { MediaFile } from './run.ts';

export interface FormFile {
  /** The form's field. */
  field: string;
  file: StoredFile | MediaFile;
}

export interface Multipart {
  contentType: string;
  /** In bytes. */
  size: number;
  /** Begins anew each time, with pieces as of `lentBytesOf`. Rejects where a file is gone or is another one by now. */
  read(): AsyncGenerator<Uint8Array>;
}

const END = '\r\n';
/** Read at once. In bytes. */
const PIECE = 128 * 1024;

/** Texts first, in the order given. File names are UTF-8, quoted as browsers do. */
export function multipart(texts: Readonly<Record<string, string>>, files: readonly FormFile[]): Multipart {
  const boundary = `easel-${crypto.randomUUID()}`;
  const encoder = new TextEncoder();
  const words = Object.entries(texts).map(([field, text]) =>
    encoder.encode(`--${boundary}${END}${disposition(field)}${END}${END}${text}${END}`),
  );
  const heads = files.map(({ field, file }) =>
    encoder.encode(
      `--${boundary}${END}${disposition(field, file.name)}${END}content-type: ${header(file.type)}${END}${END}`,
    ),
  );
  const last = encoder.encode(`--${boundary}--${END}`);
  const size =
    [...words, ...heads, last].reduce((sum, { length: bytes }) => sum + bytes, 0) +
    files.reduce((sum, { file }) => sum + sizeOf(file) + END.length, 0);

  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    size,
    async *read() {
      yield* words;
      for (const [index, { file }] of files.entries()) {
        yield heads[index] ?? last;
        yield* lentBytesOf(file);
        yield encoder.encode(END);
      }
      yield last;
    },
  };
}

/** A file's bytes, a piece at a time. Ends in an error where a stored one is not as long as it was. */
export function bytesOf(file: StoredFile | MediaFile): Bytes {
  return 'path' in file ? readStored(file, () => Buffer.allocUnsafeSlow(PIECE)) : [file.bytes];
}

/**
 * As `bytesOf`, of two pieces of memory in turn: who gets a piece must be done with it before asking for the next but one.
 * Otherwise what is sent becomes rubbish to be collected, tens of megabytes at a time.
 */
export function lentBytesOf(file: StoredFile | MediaFile): Bytes {
  if (!('path' in file)) return [file.bytes];
  const both = [Buffer.allocUnsafeSlow(PIECE), Buffer.allocUnsafeSlow(PIECE)] as const;
  let turn = 0;
  return readStored(file, () => both[(turn += 1) & 1 ? 0 : 1]);
}

async function* readStored({ path, size }: StoredFile, into: () => Buffer): AsyncGenerator<Uint8Array> {
  const handle = await open(path);
  try {
    let read = 0;
    for (;;) {
      const piece = into();
      const length = await fillFrom(handle, piece);
      read += length;
      // a length was promised to whoever gets it
      if (read > size || (length < piece.length && read < size))
        throw new Error(`${path} is not what it was: ${read} of ${size} bytes`);
      if (length > 0) yield piece.subarray(0, length);
      if (length < piece.length) return;
    }
  } finally {
    await handle.close();
  }
}

/** As much as there is: less only at the end. */
async function fillFrom(handle: FileHandle, piece: Buffer): Promise<number> {
  let length = 0;
  while (length < piece.length) {
    const { bytesRead } = await handle.read(piece, length, piece.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

export function sizeOf(file: StoredFile | MediaFile): number {
  return 'path' in file ? file.size : file.bytes.length;
}

function disposition(field: string, name?: string): string {
  const filename = name === undefined ? '' : `; filename="${escaped(name)}"`;
  return `content-disposition: form-data; name="${escaped(field)}"${filename}`;
}

/** As the standard for forms says; half a character has no bytes. */
function escaped(name: string): string {
  return name.toWellFormed().replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}

function header(type: string): string {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?charset=[\w-]+)?$/.test(type)
    ? type
    : 'application/octet-stream';
}
