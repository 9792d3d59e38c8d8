/** What a final message looks like in the store, and as a page is told it. */
import { z } from 'zod';
import type { Message, MessageFile } from './api.ts';

const Fact = z.object({ name: z.string(), value: z.string() });

const FileRow = z.object({
  name: z.string(),
  /** Its name in the message's folder. */
  stored: z.string().regex(/^(?!\.)[^/\\\0]+$/),
  type: z.string(),
  bytes: z.number().int().nonnegative(),
  width: z.number().exactOptional(),
  height: z.number().exactOptional(),
  /** The message's folder is kept when others go. */
  starred: z.literal(true).exactOptional(),
  /** By a person. Its place stays taken, so that the addresses of the others stay theirs. */
  deleted: z.literal(true).exactOptional(),
});

export const Row = z.object({
  id: z.uuid(),
  at: z.number(),
  /** When it became final; a job may take longer than many others. */
  kept: z.number().exactOptional(),
  asked: z.string().exactOptional(),
  template: z.string().exactOptional(),
  values: z.record(z.string(), z.string()).exactOptional(),
  lines: z.array(z.string()).exactOptional(),
  screen: z.string().exactOptional(),
  draft: z.string().exactOptional(),
  reply: z
    .object({
      tone: z.enum(['waiting', 'working', 'done', 'failed', 'cancelled']),
      title: z.string(),
      status: z.string(),
      facts: z.array(Fact),
      notes: z.array(z.string()),
      links: z.array(z.string()).exactOptional(),
      demo: z.string().exactOptional(),
      buttons: z.array(z.object({ action: z.enum(['cancel', 'again', 'all']), label: z.string() })),
      files: z.array(FileRow),
    })
    .exactOptional(),
});
export type Row = z.infer<typeof Row>;
export type FileRow = z.infer<typeof FileRow>;

/** Those that nobody has deleted. */
export function filesOf({ reply }: Row): FileRow[] {
  return reply?.files.filter(({ deleted }) => !deleted) ?? [];
}

/** The row with another state of one file; undefined: it has no such file any more. */
export function withFile(row: Row, index: number, change: (file: FileRow) => FileRow): Row | undefined {
  const { reply } = row;
  const file = reply?.files[index];
  if (!reply || !file || file.deleted) return undefined;
  return { ...row, reply: { ...reply, files: reply.files.with(index, change(file)) } };
}

/** `bare`: its files went for want of room. */
export function messageOf({ reply, kept: _kept, ...row }: Row, bare: boolean): Message {
  if (!reply) return row;
  const files = reply.files.flatMap(({ stored: _stored, deleted, ...file }, index): MessageFile[] =>
    deleted ? [] : [{ ...file, url: fileUrl(row.id, index), ...(bare && { gone: true }) }],
  );
  const deleted = reply.files.length - files.length;
  return { ...row, reply: { ...reply, files, ...(deleted > 0 && { deleted }) } };
}

function fileUrl(id: string, index: number): string {
  return `/api/messages/${id}/files/${index}`;
}
