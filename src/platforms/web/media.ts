/** Which files a browser may show by itself. Everything else is bytes to keep: it could be a page with scripts. */
import { extensions, typeByName } from '../../media-types.ts';

const SHOWN = extensions('png jpg jpeg webp gif avif mp4 webm mp3 wav flac ogg txt');
const ALLOWED = new Set([...SHOWN].map((extension) => typeByName(`.${extension}`, SHOWN)));
/** Other names of the same. */
const ALIASES: Record<string, string> = {
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
};

export const BYTES = 'application/octet-stream';

/** What the page is told of a file: `type` as the backend states it, or else by its name. */
export function shownType(type: string, name: string): string {
  const [plain = ''] = type.toLowerCase().split(';');
  const said = ALIASES[plain.trim()] ?? plain.trim();
  if (ALLOWED.has(said)) return said;
  // only where nothing was said: a name must not make a picture of what is said to be a page
  if (said !== '' && said !== BYTES) return BYTES;
  return typeByName(name, SHOWN) ?? BYTES;
}
