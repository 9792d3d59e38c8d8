/** What every room believes of a file's name: the same type for the same extension, and nothing of extensions that it does not mean. */
import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from '../../src/comfy/runs/media-type.ts';
import { extensions, typeByName } from '../../src/media-types.ts';
import { shownType } from '../../src/platforms/web/media.ts';
import { mediaType } from '../../src/sandbox/routes/media-type.ts';

const BYTES = 'application/octet-stream';
const nothing = new Uint8Array();

/** [extension, its type, whether the client believes it, whether the page shows it, whether the sandbox says it] */
const TABLE = [
  ['png', 'image/png', true, true, true],
  ['jpg', 'image/jpeg', true, true, true],
  ['jpeg', 'image/jpeg', true, true, true],
  ['webp', 'image/webp', true, true, true],
  ['gif', 'image/gif', true, true, true],
  ['avif', 'image/avif', true, true, false],
  ['bmp', 'image/bmp', true, false, false],
  ['mp4', 'video/mp4', true, true, true],
  ['webm', 'video/webm', true, true, true],
  ['mov', 'video/quicktime', true, false, false],
  ['mkv', 'video/x-matroska', true, false, false],
  ['mp3', 'audio/mpeg', true, true, true],
  ['wav', 'audio/wav', true, true, true],
  ['flac', 'audio/flac', true, true, true],
  ['ogg', 'audio/ogg', true, true, false],
  ['opus', 'audio/ogg', true, false, false],
  ['m4a', 'audio/mp4', true, false, false],
  ['txt', 'text/plain', true, true, true],
  ['json', 'application/json', true, false, false],
  ['glb', 'model/gltf-binary', true, false, false],
  ['html', 'text/html', false, false, false],
  ['svg', 'image/svg+xml', false, false, false],
  ['js', 'text/javascript', false, false, false],
  ['tiff', 'image/tiff', false, false, false],
  ['log', 'text/plain', false, false, false],
] as const;

describe.each(TABLE)('.%s', (extension, type, client, page, sandbox) => {
  it.each([`a.${extension}`, `a.b.${extension.toUpperCase()}`])('%s', (name) => {
    expect(typeByName(name, extensions(extension))).toBe(type);
    expect(mediaTypeOf(name, '', nothing)).toBe(client ? type : BYTES);
    expect(shownType('', name)).toBe(page ? type : BYTES);
    expect(mediaType(name)).toBe(sandbox ? type : BYTES);
  });
});

it.each(['', 'png', 'a.', 'a.png ', 'a.constructor', 'a.__proto__', '.png/x'])(
  '%j has no extension that anybody knows',
  (name) => {
    expect(mediaTypeOf(name, '', nothing)).toBe(BYTES);
    expect(shownType('', name)).toBe(BYTES);
    expect(mediaType(name)).toBe(BYTES);
  },
);

it.each([
  ['image/png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['image/jpeg', Buffer.of(0xff, 0xd8, 0xff, 0xe0)],
  ['image/gif', Buffer.from('GIF89a')],
  ['image/webp', Buffer.from('RIFF\0\0\0\0WEBP')],
])('%s is told by its bytes where nobody says what it is', (type, bytes) => {
  expect(mediaTypeOf('output', '', bytes)).toBe(type);
  expect(mediaTypeOf('output', 'application/octet-stream', bytes)).toBe(type);
  // the server's word goes first
  expect(mediaTypeOf('output', 'video/mp4', bytes)).toBe('video/mp4');
});
