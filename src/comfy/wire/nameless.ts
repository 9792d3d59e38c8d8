/**
 * Reads the frames that tell of a run without naming it: bare pictures, texts and notifications. They may be a stranger's.
 * Pure, and never throws.
 */
import type { MediaFile } from '../../core/run.ts';
import { MAX_TEXT, type FrameEvent } from './frames.ts';
import { readJson } from './json.ts';
import { previewOf } from './picture.ts';
import { readNotification, readText, type Said } from './said.ts';

const PICTURE = 1;
const HEAD = 8;

/** Undefined for all other frames, and for what is no picture or has no words. */
export function parseNameless(data: Uint8Array, isBinary: boolean): FrameEvent | undefined {
  if (isBinary) {
    const image = barePicture(data);
    if (image) return { kind: 'preview', image };
    return wordsOf(data.byteLength > MAX_TEXT ? undefined : readText(data));
  }
  // most that is not understood is no notification, and not worth being read again
  const isOne = data.byteLength <= MAX_TEXT && Buffer.from(data).includes('"notification"');
  return isOne ? wordsOf(readNotification(readJson(data))) : undefined;
}

/**
 * Binary event 1: big-endian u32 event, u32 format (1 JPEG, 2 PNG), picture. Servers before July 2025 know no other, and nodes of
 * some packs send nothing else. Undefined for any other frame, and for bytes that are no picture.
 */
export function barePicture(data: Uint8Array): MediaFile | undefined {
  if (data.byteLength <= HEAD) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0) !== PICTURE) return undefined;
  // the format is not asked: the bytes know better
  return previewOf(data.subarray(HEAD));
}

function wordsOf(said: Said | undefined): FrameEvent | undefined {
  return said && said.promptId === undefined ? { kind: 'said', text: said.text } : undefined;
}
