/** One of several: values for an input, names that set several inputs, or whatever the backend has. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { readSwitch } from '../../core/switch.ts';
import { takesFile } from '../../core/file-inputs.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Assignment, ChoiceSlot } from '../../core/template.ts';
import { oneLine, unshowable } from '../../core/text.ts';
import { nodeAt, pathKey, type InputPath, type Workflow } from '../../core/workflow.ts';
import { because } from '../reason-of.ts';
import type { Edited, NodeInput, SlotFact, SlotTypeDefinition } from './definition.ts';
import { asText, EDITED_NUMBER, intoAll } from './parts.ts';
import { base, ChoiceName, Into, LONGEST_CHOICE, Path } from './schema-parts.ts';

const Assignments = z
  .array(z.tuple([Path, z.union([z.string(), z.number(), z.boolean()])]))
  .min(1)
  .describe('What it writes when it is picked: pairs of an input and its value.');

const schema = z
  .strictObject({
    type: z.literal('choice'),
    into: Into.optional(),
    choices: z
      .union([
        // nobody could tell them apart, and a chat may refuse all commands for it
        z
          .array(ChoiceName)
          .min(1)
          .refine(isUnique, because({ code: 'same-choice-twice' }))
          .meta({ uniqueItems: true }),
        z
          .record(ChoiceName, Assignments)
          .refine((named) => Object.keys(named).length > 0, because({ code: 'no-choices' }))
          .meta({ minProperties: 1 }),
      ])
      .describe('Values, or names with what each of them sets. Absent: whatever the backend offers.')
      .optional(),
    default: z.string().optional(),
    ...base,
  })
  .refine(({ choices, into }) => namedIn({ choices }) !== undefined || into !== undefined, {
    ...because({ code: 'needs-inputs' }),
    path: ['into'],
  })
  .refine(
    ({ choices, default: d }) =>
      d === undefined ||
      choices === undefined ||
      (Array.isArray(choices) ? choices.includes(d) : Object.hasOwn(choices, d)),
    { ...because({ code: 'default-no-choice' }), path: ['default'] },
  )
  .describe('One of several.')
  .meta({
    anyOf: [{ required: ['into'] }, { required: ['choices'], properties: { choices: { type: 'object' } } }],
  });

export const choice: SlotTypeDefinition<ChoiceSlot> = {
  schema,
  hasWords: true,
  field(slot, value = slot.default ?? '') {
    const names = namesOf(slot);
    const options = names.map((name) => ({ value: name, label: name }));
    return { kind: 'one-of', value: String(value), options, open: names.length === 0 };
  },
  read: readChoice,
  absent: (slot) => slot.default,
  choices: (slot) => (slot.choices ? namesOf(slot) : undefined),
  withChoices(slot, workflow, nodes) {
    const choices = slot.choices ? undefined : offered(slot, workflow, nodes);
    return choices ? { ...slot, choices } : slot;
  },
  trial(slot, own = '') {
    const names = namesOf(slot);
    return names.length === 0 || names.includes(String(own)) ? own : (names[0] ?? '');
  },
  write(slot, value) {
    const picked = namedIn(slot)?.[String(value)] ?? [];
    return [...intoAll(slot, value), ...picked.map(([path, item]): [InputPath, typeof item] => [path, item])];
  },
  alsoWrites: (slot) =>
    Object.values(namedIn(slot) ?? {}).flatMap((assignments) => assignments.map(([path]) => path)),
  isOpen: ({ choices }) => !choices,
  lands,
  suggest,
  facts: (slot) => [
    ...(slot.default === undefined ? [] : [{ kind: 'default', value: slot.default } satisfies SlotFact]),
    namesOf(slot).length > 0 ? { kind: 'choices', names: namesOf(slot) } : { kind: 'backend-choices' },
  ],
  editFields: (slot) => [
    {
      key: 'default',
      kind: 'one-of',
      value: slot?.default ?? '',
      options: slot ? namesOf(slot).map((name) => ({ value: name, label: name })) : [],
      none: '',
      // the choices may be other ones by then
      open: true,
    },
    { key: 'choices', kind: 'long-text', value: slot ? choiceLines(slot) : '' },
  ],
  edited: (form, before) => ({
    default: form.text('default')?.trim(),
    choices: form.read('choices', (typed) => readChoices(before ?? {}, typed, form)),
  }),
};

/** What its choices set, where they set something of their own. */
function namedIn({ choices }: Pick<ChoiceSlot, 'choices'>): Record<string, Assignment[]> | undefined {
  return choices && !Array.isArray(choices) ? choices : undefined;
}

/** Empty where the backend decides and has not been asked. */
function namesOf({ choices = [] }: Pick<ChoiceSlot, 'choices'>): string[] {
  return Array.isArray(choices) ? choices : Object.keys(choices);
}

function isUnique(names: string[]): boolean {
  return new Set(names).size === names.length;
}

/** What is typed of a choice that the backend decides and has not told: it judges that itself. */
const MAX_UNTOLD = 300;

function readChoice(name: string, slot: ChoiceSlot, raw: Parameters<typeof asText>[0]): string {
  const value = asText(raw).trim();
  if (slot.choices === undefined) {
    if (value === '') throw new EaselError({ code: 'missing-value', slot: name });
    if (value.length <= MAX_UNTOLD) return value;
    throw new EaselError({ code: 'too-long', slot: name, length: value.length, maxLength: MAX_UNTOLD });
  }
  const choices = namesOf(slot);
  const wanted = value.toLowerCase();
  const found =
    choices.find((one) => one === value) ??
    choices.find((one) => one.toLowerCase() === wanted) ??
    onlyOne(choices.filter((one) => wanted !== '' && one.toLowerCase().startsWith(wanted)));
  if (found === undefined) throw new EaselError({ code: 'not-a-choice', slot: name, value, choices });
  return found;
}

/** A beginning is enough where it is clear: a chat may cut a long choice, and people type less. */
function onlyOne(choices: string[]): string | undefined {
  return choices.length === 1 ? choices[0] : undefined;
}

function offered(
  { into = [] }: ChoiceSlot,
  workflow: Workflow,
  nodes: NodeClasses | undefined,
): string[] | undefined {
  const [path] = into;
  const type = path && nodeAt(workflow, path[0])?.class_type;
  // files that others have sent are nobody's to choose from
  if (into.some(([id, input]) => takesFile(nodeAt(workflow, id)?.class_type ?? '', input, nodes)))
    return undefined;
  const options = type === undefined ? undefined : nodes?.get(type)?.inputs.get(path?.[1] ?? '')?.options;
  // an empty list is a backend without such files: then the words are the backend's to judge, and it says so
  return options && options.length > 0 ? options.map(String) : undefined;
}

function lands(slot: ChoiceSlot, path: InputPath, own: string[], unasked: string[]): string[] {
  const named = namedIn(slot);
  const standard = slot.default;
  if (!named) return [...new Set([...namesOf(slot), ...(standard === undefined ? unasked : [standard])])];
  const here = pathKey(path);
  const isNamed = slot.into?.some((to) => pathKey(to) === here) === true;
  const sets = Object.entries(named).flatMap(([name, set]) => {
    const written = set.filter(([to]) => pathKey(to) === here).map(([, value]) => String(value));
    if (written.length > 0) return written.slice(-1);
    // a choice that leaves this input alone leaves what stands there
    return isNamed ? [name] : own;
  });
  return [...new Set([...sets, ...(standard === undefined ? unasked : [])])];
}

/** The backend's own list; where that is of numbers, each is a name that sets its number. */
function suggest({ path, own, info }: NodeInput): ChoiceSlot | undefined {
  if (typeof own === 'string') return { type: 'choice', into: [path], default: own };
  if (typeof own !== 'number' && typeof own !== 'boolean') return undefined;
  const named = (info?.options ?? [])
    .map((option): [string, Assignment[]] => [String(option), [[path, option]]])
    .filter(([name]) => name !== '' && name.length <= LONGEST_CHOICE && unshowable(name) === undefined);
  if (named.length === 0) return undefined;
  const choices = Object.fromEntries(named);
  const known = Object.hasOwn(choices, String(own));
  return { type: 'choice', choices, ...(known && { default: String(own) }) };
}

/** One a line; where a choice sets several inputs, `NAME = VALUE, VALUE`. */
function choiceLines(slot: ChoiceSlot): string {
  const named = namedIn(slot);
  return (named ? Object.entries(named).map(choiceLine) : namesOf(slot)).join('\n');
}

function choiceLine([name, set]: [string, Assignment[]]): string {
  return `${name} = ${set.map(([, value]) => String(value)).join(', ')}`;
}

/** Empty: whatever the backend offers. */
function readChoices(
  slot: Pick<ChoiceSlot, 'choices'>,
  typed: string,
  { fail }: Edited,
): ChoiceSlot['choices'] {
  const lines = typed
    .split('\n')
    .map((line) => oneLine(line).trim())
    .filter(Boolean);
  const choices = namedIn(slot);
  if (!choices) return lines.length === 0 ? undefined : lines;
  const before = new Map(Object.entries(choices));
  const asShown = new Map([...before].map((one) => [choiceLine(one), one]));
  const [pattern = []] = before.values();
  const named = lines.map((line): [string, Assignment[]] => {
    const unchanged = asShown.get(line);
    if (unchanged) return unchanged;
    const [, name = '', values = ''] = /^(.*?)\s*=\s*(.*)$/.exec(line) ?? [];
    // one that is there keeps the inputs that it sets; a new one sets those of the first
    const like = before.get(name) ?? pattern;
    const parts = split(values, like);
    if (name === '' || parts.length !== like.length)
      return fail('choices', {
        code: 'write-choice-line',
        values: like.map(([, value]) => value).join(', '),
      });
    return [name, like.map(([path, value], index) => assignment(path, value, parts[index] ?? '', fail))];
  });
  if (new Set(named.map(([name]) => name)).size < named.length)
    return fail('choices', { code: 'same-choice-twice' });
  return Object.fromEntries(named);
}

/** A size may be written `1536×640`; words have an x of their own. */
function split(values: string, like: Assignment[]): string[] {
  if (like.length === 1) return [values];
  return values.split(like.every(([, value]) => typeof value === 'number') ? /\s*[,×x]\s*/i : /\s*,\s*/);
}

/** The typed value, of the same kind as the one that stood there. */
function assignment(path: InputPath, like: Assignment[1], typed: string, fail: Edited['fail']): Assignment {
  if (typeof like === 'string') return [path, typed];
  if (typeof like === 'boolean')
    return [path, readSwitch(typed) ?? fail('choices', { code: 'no-switch', value: typed })];
  return [
    path,
    EDITED_NUMBER.test(typed) ? Number(typed) : fail('choices', { code: 'no-number', value: typed }),
  ];
}
