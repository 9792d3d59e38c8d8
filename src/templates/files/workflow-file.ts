/**
 * The border where an admin's files come in: a workflow as JSON or inside a PNG that ComfyUI saved, and a
 * `template.json`. What a file is, its content decides, never its name. Nothing here takes long or much memory,
 * whatever the bytes are.
 */
import { EaselError } from '../../core/errors.ts';
import { isJsonObject, writeJson, type Json } from '../../core/json.ts';
import type { Workflow } from '../../core/workflow.ts';
import { checkedWorkflow } from '../graph.ts';
import { readJson } from './json-guard.ts';
import { hasPngText, isPng, pngText } from './png-text.ts';

export interface UploadedFile {
  name: string;
  bytes: Uint8Array;
}

/** A workflow as text, which is kept byte for byte, and parsed. */
export interface WorkflowFile {
  source: string;
  workflow: Workflow;
}

/** JSON text. Real ones have some 100 KB, a few megabytes where a widget keeps a picture inside. */
export const MAX_WORKFLOW_BYTES = 4 * 1024 * 1024;
export const MAX_TEMPLATE_BYTES = 256 * 1024;
/** A picture is only walked through, so it may be larger than the text in it. */
export const MAX_PICTURE_BYTES = 25 * 1024 * 1024;

/** How files begin that people send in the belief that they hold a workflow. */
const FORMATS: readonly [name: string, at: number, begin: string][] = [
  ['JPEG', 0, '\xff\xd8\xff'],
  ['WebP', 8, 'WEBP'],
  ['GIF', 0, 'GIF8'],
  ['AVIF', 4, 'ftypavi'],
  ['HEIC', 4, 'ftyphei'],
  ['MP4', 4, 'ftyp'],
  ['WebM', 0, '\x1a\x45\xdf\xa3'],
  ['PDF', 0, '%PDF-'],
  ['ZIP', 0, 'PK\x03\x04'],
];

/**
 * Reads a workflow in API format, from JSON (also wrapped in `{"prompt": …}` as `POST /prompt` takes it) or from
 * the `prompt` text of a PNG. `source` is the JSON as it stood there, without a byte order mark; an unwrapped one
 * is written anew. Throws EaselError: `file-too-large`, `not-a-workflow-file`, `picture-without-workflow`,
 * `picture-damaged`, and as readJson and checkedWorkflow do.
 */
export function readWorkflowFile(file: UploadedFile): WorkflowFile {
  const source = isPng(file.bytes) ? textOfPicture(file) : textOfJson(file);
  const parsed = readJson(source, file.name);
  const inner = unwrap(parsed);
  const workflow = checkedWorkflow(inner ?? parsed, file.name);
  return { source: inner === undefined ? source : writeJson(inner), workflow };
}

/**
 * Reads a `template.json`; `parseTemplate` judges what stands in it. Throws EaselError `file-too-large`,
 * `not-a-template-file`, and as readJson does.
 */
export function readTemplateFile(file: UploadedFile): { text: string } {
  const text = utf8(file, MAX_TEMPLATE_BYTES);
  const value = text === undefined ? undefined : readJson(text, file.name);
  if (text !== undefined && isJsonObject(value) && Object.hasOwn(value, 'slots')) return { text };
  throw new EaselError({ code: 'not-a-template-file', file: file.name });
}

function textOfPicture(picture: UploadedFile): string {
  const { name: file, bytes } = picture;
  if (bytes.length > MAX_PICTURE_BYTES)
    throw new EaselError({ code: 'file-too-large', file, maxSize: MAX_PICTURE_BYTES });
  const text = pngText(picture, 'prompt', MAX_WORKFLOW_BYTES);
  if (text !== undefined) return text;
  if (hasPngText(picture, 'workflow'))
    throw new EaselError({ code: 'ui-format-workflow', file, picture: true });
  throw new EaselError({ code: 'picture-without-workflow', file });
}

function textOfJson(file: UploadedFile): string {
  const begin = Buffer.from(file.bytes.subarray(0, 16)).toString('latin1');
  const found = FORMATS.find(([, at, mark]) => begin.startsWith(mark, at))?.[0];
  const text = found ? undefined : utf8(file, MAX_WORKFLOW_BYTES);
  if (text !== undefined) return text;
  throw new EaselError({ code: 'not-a-workflow-file', file: file.name, ...(found && { found }) });
}

/** Undefined when the bytes are no UTF-8. */
function utf8({ name: file, bytes }: UploadedFile, maxSize: number): string | undefined {
  if (bytes.length > maxSize) throw new EaselError({ code: 'file-too-large', file, maxSize });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The graph in a body of `POST /prompt`; a node that happens to be called `prompt` is none. */
function unwrap(value: Json): Json | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, 'prompt')) return undefined;
  const inner = value['prompt'];
  return isJsonObject(inner) && !Object.hasOwn(inner, 'class_type') ? inner : undefined;
}
