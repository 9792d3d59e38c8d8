/** What a person writes into a modal, checked against the form, in the shape in which a submission carries it. */
import { z } from 'zod';
import { fileJson } from './uploads.ts';
import type { FakeFile } from './world.ts';

export type ModalInputs = Readonly<Record<string, string | readonly string[] | readonly FakeFile[]>>;

const field = z.looseObject({
  type: z.number(),
  custom_id: z.string(),
  required: z.boolean().nullish(),
  value: z.string().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
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
    const list = typeof given === 'string' ? [given] : (given ?? []);
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

function checkedText(raw: z.infer<typeof field>, given: ModalInputs[string] | undefined): string {
  const text = given ?? raw.value ?? '';
  if (typeof text !== 'string') throw new Error(`${raw.custom_id} takes text`);
  if (text === '' && raw.required !== false) throw new Error(`the modal requires ${raw.custom_id}`);
  if (text !== '' && text.length < (raw.min_length ?? 0)) throw new Error(`${raw.custom_id} is too short`);
  if (text.length > (raw.max_length ?? 4000)) throw new Error(`${raw.custom_id} is too long`);
  return text;
}
