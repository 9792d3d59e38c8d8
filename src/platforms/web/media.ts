/** Which files a browser may show by itself. Everything else is bytes to keep: it could be a page with scripts. */

const SHOWN: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  txt: 'text/plain',
};

const ALLOWED = new Set(Object.values(SHOWN));
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
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  // only where nothing was said: a name must not make a picture of what is said to be a page
  if (said !== '' && said !== BYTES) return BYTES;
  return (Object.hasOwn(SHOWN, extension) ? SHOWN[extension] : undefined) ?? BYTES;
}
