/**
 * Reads the frames that tell of a run without naming it: pictures of servers before July 2025 (binary event 1: big-endian u32
 * event, u32 format, picture), texts and notifications. They may be a stranger's. Pure, and never throws.
 */
import { MAX_TEXT, type FrameEvent } from './frames.ts';
import { readJson } from './json.ts';
import { previewOf } from './picture.ts';
import { readNotification, readText, type Said } from './said.ts';

const PICTURE = 1;
const HEAD = 8;

/** Undefined for all other frames, and for what is no picture or has no words. */
export function parseNameless(data: Uint8Array, isBinary: boolean): FrameEvent | undefined {
  if (isBinary) return pictureIn(data) ?? wordsOf(data.byteLength > MAX_TEXT ? undefined : readText(data));
  // most that is not understood is no notification, and not worth being read again
  const isOne = data.byteLength <= MAX_TEXT && Buffer.from(data).includes('"notification"');
  return isOne ? wordsOf(readNotification(readJson(data))) : undefined;
}

function pictureIn(data: Uint8Array): FrameEvent | undefined {
  if (data.byteLength <= HEAD) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0) !== PICTURE) return undefined;
  // the format is not asked: the bytes know better
  const image = previewOf(data.subarray(HEAD));
  return image && { kind: 'preview', image };
}

function wordsOf(said: Said | undefined): FrameEvent | undefined {
  return said && said.promptId === undefined ? { kind: 'said', text: said.text } : undefined;
}
