/** What kind of file some bytes are: the server's word, unless that says nothing; then the bytes, then the name. */
import { extensions, typeByName } from '../../media-types.ts';

const NAMED = extensions(
  'png jpg jpeg webp gif avif bmp mp4 webm mov mkv mp3 wav flac ogg opus m4a txt json glb',
);
const UNKNOWN = 'application/octet-stream';

export function mediaTypeOf(name: string, contentType: string, bytes: Uint8Array): string {
  if (contentType !== '' && contentType !== UNKNOWN && contentType !== 'binary/octet-stream')
    return contentType;
  return byMagic(bytes) ?? typeByName(name, NAMED) ?? UNKNOWN;
}

function byMagic(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 12));
  if (head.startsWith('\u0089PNG') || head.startsWith('\x89PNG')) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'image/webp';
  return undefined;
}
