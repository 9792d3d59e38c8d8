/** Fetches what an admin attached and reads it as a workflow or a `template.json`. */
import { EaselError } from '../../core/errors.ts';
import { orAborted, within } from '../../core/time.ts';
import type { Attachment } from '../../templates/values.ts';
import {
  MAX_PICTURE_BYTES,
  MAX_TEMPLATE_BYTES,
  readTemplateFile,
  readWorkflowFile,
  type WorkflowFile,
} from '../../templates/files/workflow-file.ts';

/** For the download, in ms. */
const FILE_MS = 20_000;

/** Rejects with EaselError `file-too-large`, `file-unreachable`, `shutting-down`, and as readWorkflowFile does. */
export async function loadWorkflow(file: Attachment, signal: AbortSignal): Promise<WorkflowFile> {
  return readWorkflowFile({ name: file.name, bytes: await load(file, MAX_PICTURE_BYTES, signal) });
}

/** Rejects with EaselError `file-too-large`, `file-unreachable`, `shutting-down`, and as readTemplateFile does. */
export async function loadTemplate(file: Attachment, signal: AbortSignal): Promise<string> {
  return readTemplateFile({ name: file.name, bytes: await load(file, MAX_TEMPLATE_BYTES, signal) }).text;
}

async function load(file: Attachment, maxSize: number, signal: AbortSignal): Promise<Uint8Array> {
  const { name, size = 0 } = file;
  if (size > maxSize) throw new EaselError({ code: 'file-too-large', file: name, maxSize });
  try {
    // some can only be left, not ended
    return await within(FILE_MS, (limited) => orAborted(file.load(limited), limited), signal);
  } catch (error) {
    if (signal.aborted) throw new EaselError({ code: 'shutting-down' }, { cause: error });
    throw new EaselError({ code: 'file-unreachable', file: name }, { cause: error });
  }
}
