/** What kind of file some bytes are: the server's word, unless that says nothing; then the bytes, then the name. */
import { extensions, typeByName } from '../../media-types.ts';
import { pictureType } from '../wire/picture.ts';

const NAMED = extensions(
  'png jpg jpeg webp gif avif bmp mp4 webm mov mkv mp3 wav flac ogg opus m4a txt json glb',
);
const UNKNOWN = 'application/octet-stream';

export function mediaTypeOf(name: string, contentType: string, bytes: Uint8Array): string {
  if (contentType !== '' && contentType !== UNKNOWN && contentType !== 'binary/octet-stream')
    return contentType;
  const picture = pictureType(bytes);
  return picture === undefined ? (typeByName(name, NAMED) ?? UNKNOWN) : `image/${picture}`;
}
