/** How files begin: enough to tell formats apart, and nothing that has to be decoded. Pure, and of any bytes. */
import { letters } from '../../core/bytes.ts';

type Test = (head: Uint8Array) => boolean;

/** In Latin-1; `.` stands for any byte. */
export function begins(signature: string): Test {
  return (head) =>
    head.length >= signature.length &&
    Array.from(signature).every((char, at) => char === '.' || head[at] === char.charCodeAt(0));
}

/** ISO 14496-12: a file's first box is `ftyp`, and has its brand. Photos of phones (HEIC, AVIF) have such a box, too. */
const isIso = begins('....ftyp');
const STILL = /^(hei[cmsx]|hev[cmsx]|avi[fs]|mif[12]|msf1|jp2 |jpx |crx )$/;
const SOUND = /^(M4[ABP] |F4[AB] )$/;
const QUICKTIME = 'qt  ';
/** Older films have no `ftyp`, and begin with what they are made of. */
const OLD_QUICKTIME = /^(moov|mdat|wide|skip|pnot)$/;

/** What phones and cameras write; which of its kinds it is, the decoder says. */
export const isAvif: Test = (head) => isIso(head) && /^avi[fs]$/.test(brandOf(head));
export const isHeic: Test = (head) => isIso(head) && /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brandOf(head));
const TIFFS = [begins('II*\0'), begins('MM\0*'), begins('II+\0'), begins('MM\0+')];
/** Many raw formats of cameras are TIFFs, too (`rawName`). */
export const isTiff: Test = (head) => TIFFS.some((is) => is(head));

const brandOf = (head: Uint8Array) => letters(head, 8);

export const isMp4: Test = (head) =>
  isIso(head) && ![STILL, SOUND].some((other) => other.test(brandOf(head))) && brandOf(head) !== QUICKTIME;

export const isQuickTime: Test = (head) =>
  isIso(head) ? brandOf(head) === QUICKTIME : head.length >= 8 && OLD_QUICKTIME.test(letters(head, 4));

/** Telephones give recordings the brands of films, so that only pictures are none. */
export const isMp4Sound: Test = (head) => isIso(head) && !STILL.test(brandOf(head));

const isEbml = begins('\x1a\x45\xdf\xa3');
/** Matroska's header says which of its kinds it is, within its first bytes. */
const EBML_HEADER = 64;
const docType = (head: Uint8Array) => /matroska|webm/.exec(letters(head, 0, EBML_HEADER))?.[0];

export const isWebm: Test = (head) => isEbml(head) && docType(head) === 'webm';
export const isMatroska: Test = (head) => isEbml(head) && docType(head) === 'matroska';

const isTagged = begins('ID3');

/** Tags, or at once a frame of MPEG audio, layer III: eleven bits that are set, and neither a bitrate nor a rate that is none. */
export const isMp3: Test = (head) => {
  if (isTagged(head)) return true;
  const [sync = 0, version = 0, rates = 0] = head;
  const isFrame = sync === 0xff && (version & 0xe6) === 0xe2 && (version & 0x18) !== 0x08;
  return isFrame && (rates & 0xf0) !== 0xf0 && (rates & 0x0c) !== 0x0c;
};
