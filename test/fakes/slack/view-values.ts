/** What a person fills into a form, checked as Slack's client checks it, in the shape that payloads carry. */
import type { Control, Option } from './block-walk.ts';
import { FakeFile, fileJson } from './file.ts';
import type { Entry, FakeView } from './view.ts';
import { known, type World } from './world.ts';

/** By block_id or action_id: text, a number as text, the value of an option, ids of people or channels, or files. */
export type FormValues = Readonly<
  Record<string, string | readonly string[] | readonly FakeFile[] | undefined>
>;

const MAX_UPLOAD = 10 * 1024 * 1024;

/** Fills in what is given and leaves the rest as it is. Throws where the client would not take it. */
export function enter(world: World, view: FakeView, given: FormValues): void {
  const left = new Set(Object.keys(given));
  for (const control of view.controls.filter((one) => !isButton(one))) {
    const key = [control.blockId, control.action_id].find((one) => left.delete(one));
    if (key === undefined) continue;
    view.entered[control.blockId] = { [control.action_id]: answer(world, view, control, given[key]) };
  }
  if (left.size > 0) throw new Error(`the form has no ${[...left].join(', ')}: ${view.describe()}`);
}

/** `view.state.values` as it stands. */
export function stateOf(world: World, view: FakeView): Record<string, Record<string, Entry>> {
  return Object.fromEntries(
    view.controls
      .filter((control) => !isButton(control))
      .map((control) => {
        const { blockId, action_id: id } = control;
        const entry = view.entered[blockId]?.[id] ?? answer(world, view, control, undefined);
        return [blockId, { [id]: entry }];
      }),
  );
}

/** Throws for a required input without an answer, which the client does not submit. */
export function checkRequired(view: FakeView, state: Record<string, Record<string, Entry>>): void {
  for (const block of view.blocks) {
    if (block.type !== 'input' || block.optional === true) continue;
    const [[id, entry] = ['', {}]] = Object.entries(state[block.block_id ?? ''] ?? {});
    const { type: _, ...rest } = entry;
    const [value] = Object.values(rest);
    const empty = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (empty) throw new Error(`the form requires ${id} at ${block.block_id}`);
  }
}

function isButton(control: Control): boolean {
  return control.type === 'button' || control.type === 'overflow';
}

function answer(world: World, view: FakeView, control: Control, given: FormValues[string]): Entry {
  const head = { type: control.type };
  switch (control.type) {
    case 'file_input': {
      const files =
        typeof given === 'object' ? given.flatMap((one) => (one instanceof FakeFile ? [one] : [])) : [];
      checkFiles(control, files);
      return { ...head, files: files.map((file) => fileJson(world, file)) };
    }
    case 'checkboxes':
    case 'multi_external_select':
    case 'multi_static_select': {
      const initial = (control.initial_options ?? []).map((one) => one.value);
      const names = given === undefined ? initial : list(given);
      return { ...head, selected_options: names.map((name) => offered(view, control, name)) };
    }
    case 'static_select':
    case 'radio_buttons':
    case 'external_select': {
      const name = given === undefined ? control.initial_option?.value : list(given)[0];
      return { ...head, selected_option: name === undefined ? null : offered(view, control, name) };
    }
    case 'multi_users_select': {
      const users = given === undefined ? (control.initial_users ?? []) : list(given);
      return { ...head, selected_users: users.map((id) => known(world.users, id, 'user').id) };
    }
    case 'multi_conversations_select': {
      const channels = given === undefined ? (control.initial_conversations ?? []) : list(given);
      return {
        ...head,
        selected_conversations: channels.map((id) => known(world.channels, id, 'channel').id),
      };
    }
  }
  if (!/_(?:text_input|input)$/.test(control.type))
    throw new Error(`the fake Slack cannot fill in ${control.type}`);
  const text = given === undefined ? (control.initial_value ?? '') : (list(given)[0] ?? '');
  if (text !== '') checkText(control, text);
  return { ...head, value: text === '' ? null : text };
}

function list(given: FormValues[string]): string[] {
  const all = typeof given === 'string' ? [given] : (given ?? []);
  return all.map((one) => (one instanceof FakeFile ? one.id : one));
}

/** The option as it stands in the form, or as the bot offered it when it was asked. */
export function offered(view: FakeView | undefined, control: Control, value: string): Option {
  const initial = control.initial_option ? [control.initial_option] : [];
  const all = [
    ...(control.options ?? []),
    ...(control.option_groups ?? []).flatMap((group) => group.options),
    ...(control.type === 'external_select' ? initial : []),
    ...(control.type === 'multi_external_select' ? (control.initial_options ?? []) : []),
    ...(view?.suggested.get(control.blockId) ?? []),
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
    if (control.filetypes && !control.filetypes.includes(ending))
      throw new Error(`${control.action_id} does not take ${file.name}`);

    if (file.size > MAX_UPLOAD) throw new Error(`${file.name} is larger than 10 MB`);
  }
}
