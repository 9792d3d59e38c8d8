/** Fetches what an admin attached and reads it as a workflow or a `template.json`. */
import { EaselError } from '../core/errors.ts';
import type { Attachment } from '../templates/values.ts';
import {
  MAX_PICTURE_BYTES,
  MAX_TEMPLATE_BYTES,
  readTemplateFile,
  readWorkflowFile,
} from '../templates/workflow-file.ts';

/** For the download, in ms. */
const FILE_MS = 20_000;

/** Rejects with EaselError `file-too-large`, `file-unreachable`, and as readWorkflowFile does. */
export async function loadWorkflow(file: Attachment, signal: AbortSignal): Promise<string> {
  return readWorkflowFile({ name: file.name, bytes: await load(file, MAX_PICTURE_BYTES, signal) }).text;
}

/** Rejects with EaselError `file-too-large`, `file-unreachable`, and as readTemplateFile does. */
export async function loadTemplate(file: Attachment, signal: AbortSignal): Promise<string> {
  return readTemplateFile({ name: file.name, bytes: await load(file, MAX_TEMPLATE_BYTES, signal) }).text;
}

async function load(file: Attachment, maxSize: number, signal: AbortSignal): Promise<Uint8Array> {
  const { name, size = 0 } = file;
  if (size > maxSize) throw new EaselError({ code: 'file-too-large', file: name, maxSize });
  try {
    return await file.load(AbortSignal.any([signal, AbortSignal.timeout(FILE_MS)]));
  } catch (error) {
    throw new EaselError({ code: 'file-unreachable', file: name }, { cause: error });
  }
}
