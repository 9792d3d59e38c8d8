/** `POST /upload/image`: input files into the server. A name that is taken by other content is changed. */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Hono } from 'hono';
import sharp from 'sharp';
import type { FileStore, Folder } from '../files.ts';
import { empty, json, refusal, type RouteContext } from './context.ts';

/** Comfy Cloud's limits. */
const CLOUD_MAX_BYTES = 50 * 1024 * 1024;
const CLOUD_MAX_EDGE = 16_384;
const CLOUD_MAX_PIXELS = 64 * 1024 * 1024;

export function uploadRoutes(app: Hono, context: RouteContext): void {
  app.post('/upload/image', async (c) => {
    if (!c.req.header('content-type')?.startsWith('multipart/form-data')) return empty(400);
    const form = await c.req.raw.formData();
    const image = form.get('image');
    if (image === null) return empty(400);
    if (!(image instanceof File)) throw new TypeError('no file name');
    const bytes = new Uint8Array(await image.arrayBuffer());
    const subfolder = field(form, 'subfolder') ?? '';
    const { uploadsTo } = context.faults;
    if (context.dialect === 'cloud')
      return cloudUpload(context.files, { name: image.name, subfolder, bytes, folder: uploadsTo ?? 'input' });
    return upload(context.files, {
      name: image.name,
      subfolder,
      folder: uploadsTo ?? field(form, 'type') ?? 'input',
      overwrite: ['true', '1'].includes(field(form, 'overwrite') ?? ''),
      bytes,
    });
  });
}

interface Upload {
  name: string;
  subfolder: string;
  folder: string;
  overwrite: boolean;
  bytes: Uint8Array<ArrayBuffer>;
}

function upload(files: FileStore, { bytes, folder, name, overwrite, subfolder }: Upload): Response {
  if (!isFolder(folder)) throw new TypeError(`no folder ${folder}`);
  if (name === '') throw new TypeError('no file name');
  if (leaves(posix.join(subfolder, name)) || leaves(subfolder)) return empty(400);
  const free = overwrite ? name : freeName(files, folder, subfolder, name, bytes);
  // a name with a path in it is answered as it came; LoadImage takes the whole path
  files.putAt(folder, posix.join(subfolder, free), bytes);
  return json({ name: free, subfolder, type: folder });
}

/** `a.png`, `a (1).png`, `a (2).png` …; the same content keeps its name. */
function freeName(
  files: FileStore,
  folder: Folder,
  subfolder: string,
  name: string,
  bytes: Uint8Array,
): string {
  const { ext, name: stem } = posix.parse(name);
  for (let count = 0; ; count += 1) {
    const candidate = count === 0 ? name : posix.join(posix.dirname(name), `${stem} (${count})${ext}`);
    const existing = files.at(folder, posix.join(subfolder, candidate));
    if (!existing || Buffer.compare(existing.bytes, bytes) === 0) return candidate;
  }
}

/** Cloud stores by content: the name that comes back is a hash, the same for the same picture. */
async function cloudUpload(
  files: FileStore,
  { name, subfolder, bytes, folder }: Omit<Upload, 'overwrite'>,
): Promise<Response> {
  if (bytes.length > CLOUD_MAX_BYTES) return refusal(400, 'FILE_TOO_LARGE', 'the file is larger than 50 MB');
  const size = await sharp(bytes)
    .metadata()
    .catch(() => undefined);
  if (!size) return refusal(400, 'INVALID_IMAGE', 'the file is no image');
  const { height, width } = size;
  if (Math.max(width, height) > CLOUD_MAX_EDGE || width * height > CLOUD_MAX_PIXELS)
    return refusal(400, 'IMAGE_TOO_LARGE', 'the image has too many pixels');

  const stored = createHash('sha256').update(bytes).digest('hex') + posix.extname(name);
  files.put({ name: stored, subfolder: '', folder: 'input', bytes });
  return json({ name: stored, subfolder, type: folder });
}

function field(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' ? value : undefined;
}

function isFolder(name: string): name is Folder {
  return name === 'input' || name === 'output' || name === 'temp';
}

function leaves(path: string): boolean {
  const normal = posix.normalize(path);
  return normal.startsWith('..') || normal.startsWith('/');
}
