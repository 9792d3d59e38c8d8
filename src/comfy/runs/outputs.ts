/** Reads a run's outputs, which come by node and under a key per kind of node, into one flat list. */
import { z } from 'zod';
import type { Output, OutputKind } from '../../core/run.ts';
import { SENT } from '../../core/socket-outputs.ts';
import { graphNode } from '../wire/frames.ts';
import { extensions, typeByName } from '../../media-types.ts';
import { Filled } from '../wire/schema.ts';

const FileEntry = z.object({
  filename: Filled,
  subfolder: z.string().nullish(),
  type: z.string().nullish(),
});
/** A picture that went over the socket (comfyui-tooling-nodes): it is named only to be counted. */
const SentEntry = z.object({ source: z.literal('websocket') });

/** The name decides first: SaveVideo files an mp4 under `images`, VideoHelperSuite under `gifs`. */
const NAMED = extensions(
  'png jpg jpeg webp gif avif bmp tif tiff mp4 webm mov mkv avi m4v mp3 wav flac ogg opus m4a aac',
);
const KINDS: readonly OutputKind[] = ['image', 'video', 'audio'];

const BY_KEY: Readonly<Record<string, OutputKind>> = {
  images: 'image',
  gifs: 'video',
  video: 'video',
  videos: 'video',
  audio: 'audio',
  audios: 'audio',
};

/** Every file and text in `outputs`, previews (`temp` files) included, without repeats. */
export function readOutputs(outputs: Readonly<Record<string, unknown>>): Output[] {
  const found = new Map<string, Output>();
  for (const [id, byKey] of Object.entries(outputs)) {
    if (typeof byKey !== 'object' || byKey === null) continue;
    for (const [key, entries] of Object.entries(byKey))
      for (const output of readEntries(graphNode(id), key, entries))
        found.set(JSON.stringify([output.type, output.subfolder, output.filename, output.text]), output);
  }
  return [...found.values()];
}

function readEntries(node: string, key: string, entries: unknown): Output[] {
  const list: unknown[] = Array.isArray(entries) ? entries : [entries];
  return list.flatMap((entry, index): Output[] => {
    if (typeof entry === 'string') {
      // `text` is what a text node shows; other bare strings (`animated`, `3d` paths …) are no files of `/view`.
      if (key !== 'text' || entry === '') return [];
      return [
        { node, kind: 'text', filename: `${node}-${index}.txt`, subfolder: '', type: 'output', text: entry },
      ];
    }
    const file = FileEntry.safeParse(entry);
    if (!file.success) {
      if (!SentEntry.safeParse(entry).success) return [];
      return [{ node, kind: 'image', filename: `${node}-${index}`, subfolder: '', type: SENT }];
    }
    const { filename, subfolder, type } = file.data;
    return [
      { node, kind: kindOf(filename, key), filename, subfolder: subfolder ?? '', type: type ?? 'output' },
    ];
  });
}

function kindOf(filename: string, key: string): OutputKind {
  const type = typeByName(filename, NAMED);
  const byName = KINDS.find((kind) => type?.startsWith(`${kind}/`));
  return byName ?? (Object.hasOwn(BY_KEY, key) ? BY_KEY[key] : undefined) ?? 'file';
}
