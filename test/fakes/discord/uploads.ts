/** Files on their way into a message: the multipart parts, matched with the attachments that the body names. */
import type { AttachmentReference } from './message-schema.ts';
import { badField, Refusal } from './refusal.ts';
import type { FakeFile, World } from './world.ts';

export interface UploadedFile {
  /** The n of `files[n]`. */
  readonly index: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly bytes: Buffer;
}

const MAX_FILES = 10;

/** Discord replaces what would be awkward in an address. */
function safeName(name: string): string {
  return name.replaceAll(/\s/g, '_').replaceAll(/[/\\?%*:|"<>()[\]{}]/g, '');
}

export interface StoredInput {
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly description?: string | undefined;
  readonly bytes: Buffer;
  readonly width?: number;
  readonly height?: number;
  /** A test's own address instead of the CDN's. */
  readonly url?: string;
}

/** Puts a file on the CDN; the address is signed and good until the fake forgets it. */
export function storeFile(world: World, input: StoredInput): FakeFile {
  const id = world.nextId();
  const filename = safeName(input.filename);
  const query = `ex=${Math.floor(Date.now() / 1000 + 86_400).toString(16)}&is=0&hm=${signature(id)}`;
  const { width, height } = input;
  const file = {
    id,
    filename,
    contentType: input.contentType,
    description: input.description,
    bytes: input.bytes,
    size: input.bytes.length,
    url: input.url ?? `${world.origin}/cdn/attachments/${id}/${id}/${encodeURIComponent(filename)}?${query}`,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  };
  world.files.set(id, file);
  return file;
}

export function signature(id: string): string {
  return BigInt(id).toString(16).padStart(32, '0');
}

/** The files of a message after this request. Refuses what is too many, too large, or does not match up. */
export function resolveAttachments(
  world: World,
  references: readonly AttachmentReference[] | null | undefined,
  uploads: readonly UploadedFile[],
  before: readonly FakeFile[],
  note: (violation: string) => void,
): readonly FakeFile[] {
  for (const upload of uploads) checkSize(world, upload);
  if (references === undefined || references === null) {
    if (uploads.length > 0) note('files were uploaded without `attachments` that name them');
    const added = uploads.map((upload) => storeFile(world, upload));
    return limited([...(references === null ? [] : before), ...added]);
  }
  const named = new Set(references.map((reference) => reference.id));
  const stray = uploads.find((upload) => !named.has(upload.index));
  if (stray)
    throw badField('attachments', 'ATTACHMENT_NOT_REFERENCED', `files[${stray.index}] is in no attachment`);

  return limited(
    references.map((reference, position) => {
      const kept = before.find((file) => file.id === reference.id);
      if (kept) return kept;
      const upload = uploads.find((file) => file.index === reference.id);
      if (!upload) {
        const message = `Attachment data for id ${reference.id} not found`;
        throw badField(`attachments.${position}.id`, 'ATTACHMENT_NOT_FOUND', message);
      }
      return storeFile(world, {
        filename: reference.filename ?? upload.filename,
        contentType: upload.contentType,
        description: reference.description ?? undefined,
        bytes: upload.bytes,
      });
    }),
  );
}

function limited(files: readonly FakeFile[]): readonly FakeFile[] {
  if (files.length <= MAX_FILES) return files;
  throw badField('attachments', 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_FILES} or fewer in length.`);
}

function checkSize(world: World, upload: UploadedFile): void {
  const { attachmentSizeLimit } = world.settings;
  if (upload.bytes.length > attachmentSizeLimit) throw new Refusal(413, 40005, 'Request entity too large');

  const ceiling = world.faults.uploadCeiling;
  if (!ceiling || upload.bytes.length <= ceiling.bytes) return;
  const status = ceiling.answer === 'bad-request' ? 400 : 413;
  const html = '<html><head><title>413 Request Entity Too Large</title></head></html>';
  const extras = { expected: true, ...(ceiling.answer === 'html' ? { html } : {}) };
  throw new Refusal(status, 40005, 'Request entity too large', extras);
}

export function fileJson(file: FakeFile): Record<string, unknown> {
  return {
    id: file.id,
    filename: file.filename,
    size: file.size,
    url: file.url,
    proxy_url: file.url,
    ...(file.contentType ? { content_type: file.contentType } : {}),
    ...(file.description ? { description: file.description } : {}),
    ...(file.width === undefined ? {} : { width: file.width }),
    ...(file.height === undefined ? {} : { height: file.height }),
  };
}
