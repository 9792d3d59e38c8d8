/** A command as the page's form sends it → raw values. */
import type { Context } from 'hono';
import { oneLine } from '../../core/text.ts';
import type { Template } from '../../core/template.ts';
import { mainTextSlot, typeOf } from '../../templates/slots/index.ts';
import type { Attachment, RawValues } from '../../templates/values.ts';
import { attachmentOf, readMultipart } from './multipart.ts';

export interface CommandForm {
  template: string;
  /** By slot. */
  values: Map<string, string>;
  files: Map<string, File>;
}

/** Undefined when it is not such a form: another encoding, a field that nobody knows, one field twice. */
export async function readForm(context: Context): Promise<CommandForm | undefined> {
  const fields = await readMultipart(context);
  if (!fields) return undefined;
  const form: CommandForm = { template: '', values: new Map(), files: new Map() };
  for (const [field, value] of fields) {
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
  // not by assignment: what is sent may be called `__proto__`
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
