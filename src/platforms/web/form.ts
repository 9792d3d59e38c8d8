/** A command as the page's form sends it → raw values. */
import type { Context } from 'hono';
import { clip, oneLine } from '../../core/text.ts';
import type { Template } from '../../core/template.ts';
import { mainTextSlot, typeOf } from '../../templates/slots/index.ts';
import type { Attachment, RawValues } from '../../templates/values.ts';

/** Bytes of a whole form: a picture and some words. */
export const MAX_FORM_BYTES = 32 * 1024 * 1024;

export interface CommandForm {
  template: string;
  /** By slot. */
  values: Map<string, string>;
  files: Map<string, File>;
}

/** Undefined when it is not such a form: another encoding, a field that nobody knows, one field twice. */
export async function readForm(context: Context): Promise<CommandForm | undefined> {
  if (!/^multipart\/form-data\b/i.test(context.req.header('content-type') ?? '')) return undefined;
  let fields: FormData;
  try {
    fields = await context.req.formData();
  } catch {
    return undefined; // cut off, or no multipart at all
  }
  const form: CommandForm = { template: '', values: new Map(), files: new Map() };
  const seen = new Set<string>();
  for (const [field, value] of fields) {
    if (seen.has(field)) return undefined;
    seen.add(field);
    const [, kind, slot = ''] = /^(value|file)\.(.+)$/s.exec(field) ?? [];
    if (field === 'template' && typeof value === 'string') form.template = value;
    else if (kind === 'value' && typeof value === 'string') form.values.set(slot, value);
    else if (kind === 'file' && typeof value !== 'string') form.files.set(slot, value);
    else return undefined;
  }
  return form.template === '' ? undefined : form;
}

/** An empty field was not filled in, but a text may be meant to be empty. */
export function formValues(template: Template | undefined, { values, files }: CommandForm): RawValues {
  const given = [...values].filter(([slot, value]) => value !== '' || takesWords(template, slot));
  const pictures = [...files].filter(([, { size, name }]) => size > 0 || name !== '');
  // not by assignment: a slot could be called `__proto__`
  return Object.fromEntries<RawValues[string]>([
    ...given,
    ...pictures.map(([slot, file]): [string, Attachment] => [slot, attachmentOf(file)]),
  ]);
}

/** What would be typed for it, as the chat shows it. */
export function typedLine(name: string, template: Template | undefined, raw: RawValues): string {
  const main = template && mainTextSlot(template);
  const words = Object.entries(raw).map(([slot, value]) => {
    const text = typeof value === 'object' ? value.name : String(value);
    return slot === main ? text : `${slot}:${/^\S+$/.test(text) ? text : `"${text}"`}`;
  });
  return oneLine([`/${name}`, ...words].join(' '));
}

function takesWords(template: Template | undefined, name: string): boolean {
  const slot = template && Object.hasOwn(template.slots, name) ? template.slots[name] : undefined;
  return slot !== undefined && typeOf(slot).words === true;
}

/** Of a file's name, in UTF-16 units. */
const MAX_NAME = 100;

function attachmentOf(file: File): Attachment {
  return {
    name: clip(oneLine(file.name), MAX_NAME),
    size: file.size,
    load: async () => new Uint8Array(await file.arrayBuffer()),
  };
}
