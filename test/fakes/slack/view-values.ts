/** What a person fills into a form, checked as Slack's client checks it, in the shape that a submission carries. */
import type { Control, Option } from './block-walk.ts';
import { FakeFile, fileJson } from './file.ts';
import type { FakeView } from './view.ts';
import type { World } from './world.ts';

/** By block_id or action_id: text, a number as text, the value of an option or several of them, or files. */
export type FormValues = Readonly<
  Record<string, string | readonly string[] | readonly FakeFile[] | undefined>
>;

type Json = Record<string, unknown>;

const MAX_UPLOAD = 10 * 1024 * 1024;

/** `view.state.values`. Throws where the client would not submit. */
export function formState(world: World, view: FakeView, given: FormValues): Record<string, Json> {
  const values: Record<string, Json> = {};
  const left = new Set(Object.keys(given));
  for (const block of view.blocks) {
    const control = view.controls.find((one) => one.blockId === block.block_id && !isButton(one));
    if (!control || !block.block_id) continue;
    const key = [block.block_id, control.action_id].find((one) => left.delete(one));
    const value = key === undefined ? undefined : given[key];
    const required = block.type === 'input' && block.optional !== true;
    values[block.block_id] = { [control.action_id]: answer(world, control, value, required) };
  }
  if (left.size > 0) throw new Error(`the form has no ${[...left].join(', ')}: ${view.describe()}`);
  return values;
}

function isButton(control: Control): boolean {
  return control.type === 'button' || control.type === 'overflow';
}

function answer(world: World, control: Control, given: FormValues[string], required: boolean): Json {
  const head = { type: control.type };
  const missing = (): never => {
    throw new Error(`the form requires ${control.action_id}`);
  };
  if (control.type === 'file_input') {
    const files =
      typeof given === 'object' ? given.flatMap((one) => (one instanceof FakeFile ? [one] : [])) : [];
    if (files.length === 0 && required) missing();
    checkFiles(control, files);
    return { ...head, files: files.map((file) => fileJson(world, file)) };
  }
  if (['checkboxes', 'multi_static_select'].includes(control.type)) {
    const names = given === undefined ? (control.initial_options ?? []).map((one) => one.value) : list(given);
    if (names.length === 0 && required) missing();
    return { ...head, selected_options: names.map((name) => offered(control, name)) };
  }
  if (['static_select', 'radio_buttons'].includes(control.type)) {
    const name = given === undefined ? control.initial_option?.value : list(given)[0];
    if (name === undefined && required) missing();
    return { ...head, selected_option: name === undefined ? null : offered(control, name) };
  }
  if (/_(?:text_input|input)$/.test(control.type)) {
    const text = given === undefined ? (control.initial_value ?? '') : (list(given)[0] ?? '');
    if (text === '') return required ? missing() : { ...head, value: null };
    checkText(control, text);
    return { ...head, value: text };
  }
  throw new Error(`the fake Slack cannot fill in ${control.type}`);
}

function list(given: FormValues[string]): string[] {
  const all = typeof given === 'string' ? [given] : (given ?? []);
  return all.map((one) => (one instanceof FakeFile ? one.id : one));
}

/** The option as it stands in the form. */
export function offered(control: Control, value: string): Option {
  const all = [
    ...(control.options ?? []),
    ...(control.option_groups ?? []).flatMap((group) => group.options),
  ];
  const found = all.find((option) => option.value === value);
  if (found) return found;
  throw new Error(
    `${control.action_id} does not offer ${value}; it offers ${all.map((one) => one.value).join(', ')}`,
  );
}

function checkText(control: Control, text: string): void {
  const wrong = (why: string): never => {
    throw new Error(`${control.action_id} ${why}: ${text.slice(0, 50)}`);
  };
  if (text.length < (control.min_length ?? 0)) wrong('is too short');
  if (text.length > (control.max_length ?? 3000)) wrong('is too long');
  if (control.type === 'email_text_input' && !/^\S+@\S+$/.test(text)) wrong('is no address');
  if (control.type === 'url_text_input' && !URL.canParse(text)) wrong('is no address');
  if (control.type !== 'number_input') return;
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) wrong('is no number');
  if (text.includes('.') && control.is_decimal_allowed === false) wrong('must be whole');
  if (Number(text) < Number(control.min_value ?? -Infinity)) wrong('is too small');
  if (Number(text) > Number(control.max_value ?? Infinity)) wrong('is too large');
}

function checkFiles(control: Control, files: readonly FakeFile[]): void {
  if (files.length > (control.max_files ?? 10)) throw new Error(`${control.action_id} takes fewer files`);
  for (const file of files) {
    const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
    if (control.filetypes && !control.filetypes.includes(ending)) {
      throw new Error(`${control.action_id} does not take ${file.name}`);
    }
    if (file.size > MAX_UPLOAD) throw new Error(`${file.name} is larger than 10 MB`);
  }
}
