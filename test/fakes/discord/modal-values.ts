/** What a person writes into a modal, checked against the form, in the shape in which a submission carries it. */
import { z } from 'zod';
import { fileJson } from './uploads.ts';
import type { FakeFile } from './world.ts';

export type ModalInputs = Readonly<
  Record<string, string | boolean | readonly string[] | readonly FakeFile[]>
>;

const field = z.looseObject({
  type: z.number(),
  custom_id: z.string(),
  required: z.boolean().nullish(),
  value: z.string().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
  default: z.boolean().nullish(),
  default_values: z.array(z.object({ id: z.string() })).nullish(),
  max_values: z.number().nullish(),
  options: z.array(z.object({ value: z.string(), default: z.boolean().nullish() })).nullish(),
  file_types: z.array(z.string()).nullish(),
});
const wrapper = z.looseObject({
  type: z.number(),
  component: field.optional(),
  components: z.array(field).optional(),
});

type Attachments = Record<string, unknown>;

/** Throws where the client would not submit. */
export function modalAnswers(
  form: readonly unknown[],
  values: ModalInputs,
): { components: unknown[]; attachments: Attachments } {
  const attachments: Attachments = {};
  const left = new Set(Object.keys(values));
  const answer = (raw: z.infer<typeof field>): Record<string, unknown> => {
    left.delete(raw.custom_id);
    const given = values[raw.custom_id];
    const head = { type: raw.type, id: 1, custom_id: raw.custom_id };
    if (raw.type === 4) return { ...head, value: checkedText(raw, given) };
    if (raw.type === 23) {
      if (given !== undefined && typeof given !== 'boolean')
        throw new Error(`${raw.custom_id} is a checkbox`);
      return { ...head, value: given ?? raw.default ?? false };
    }
    if (typeof given === 'boolean') throw new Error(`${raw.custom_id} is no checkbox`);
    const list = typeof given === 'string' ? [given] : (given ?? chosenBefore(raw));
    checkPicked(raw, list);
    if (raw.type === 21) {
      if (list.length === 0 && raw.required !== false) throw new Error(`the modal requires ${raw.custom_id}`);
      return { ...head, value: list[0] ?? null };
    }
    if (list.length === 0 && raw.required !== false) throw new Error(`the modal requires ${raw.custom_id}`);
    const ids = list.map((item) => {
      if (typeof item === 'string') return item;
      attachments[item.id] = { ...fileJson(item), ephemeral: true };
      return item.id;
    });
    return { ...head, values: ids };
  };
  const components = form.map((item) => {
    const { type, component, components: inner } = wrapper.parse(item);
    if (component) return { type, id: 1, component: answer(component) };
    return inner ? { type, id: 1, components: inner.map((one) => answer(one)) } : { type, id: 1 };
  });
  if (left.size > 0) throw new Error(`the modal has no ${[...left].join(', ')}`);
  return { components, attachments };
}

/** What a person leaves alone is sent as it was shown. */
function chosenBefore(raw: z.infer<typeof field>): string[] {
  const picked = raw.options?.filter((option) => option.default === true).map(({ value }) => value);
  return picked ?? raw.default_values?.map(({ id }) => id) ?? [];
}

/** The client offers nothing else, and lets nobody pick more. */
function checkPicked(raw: z.infer<typeof field>, list: readonly (string | FakeFile)[]): void {
  const known = raw.options?.map(({ value }) => value);
  const strange = list.find((item) => typeof item === 'string' && known && !known.includes(item));
  if (strange !== undefined) throw new Error(`${raw.custom_id} has no ${JSON.stringify(strange)}`);
  if (list.length > (raw.type === 22 ? 10 : (raw.max_values ?? 1)))
    throw new Error(`${raw.custom_id} takes fewer`);
  for (const item of list) {
    if (typeof item === 'string' || !raw.file_types) continue;
    const ending = /\.[a-z0-9]+$/i.exec(item.filename)?.[0].toLowerCase() ?? '';
    const kind = (item.contentType ?? '').split('/')[0] ?? '';
    if (!raw.file_types.includes(ending) && !raw.file_types.includes(kind))
      throw new Error(`${raw.custom_id} takes no ${item.filename}`);
  }
}

function checkedText(raw: z.infer<typeof field>, given: ModalInputs[string] | undefined): string {
  const text = given ?? raw.value ?? '';
  if (typeof text !== 'string') throw new Error(`${raw.custom_id} takes text`);
  if (text === '' && raw.required !== false) throw new Error(`the modal requires ${raw.custom_id}`);
  if (text !== '' && text.length < (raw.min_length ?? 0)) throw new Error(`${raw.custom_id} is too short`);
  if (text.length > (raw.max_length ?? 4000)) throw new Error(`${raw.custom_id} is too long`);
  return text;
}
