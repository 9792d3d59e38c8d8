/** Screens of every size as panels and forms, judged as Discord would judge them. */
import { describe, expect, it } from 'vitest';
import type { Field, Screen } from '../../../../../src/core/screen.ts';
import { english } from '../../../../../src/i18n/index.ts';
import { formOf, formsOf } from '../../../../../src/platforms/discord/screens/form.ts';
import type { Panel } from '../../../../../src/platforms/discord/screens/layout.ts';
import { listPanel } from '../../../../../src/platforms/discord/screens/list-panel.ts';
import { screenPanel } from '../../../../../src/platforms/discord/screens/render-screen.ts';
import { checkBody } from '../../../../fakes/discord/message-rules.ts';
import { modalSchema } from '../../../../fakes/discord/modal-schema.ts';

const LONG = '*_`~<@1>|'.repeat(30);
/** The longest that there is. */
const AT = `slot/9699cf9d-921d-4092-b994-c1f20f96e109/${'s'.repeat(32)}/integer`;

/** Refused by the fake as Discord would refuse it. */
function checked({ components, flags, allowedMentions }: Panel): string {
  const notes: string[] = [];
  const body = { components, flags, allowed_mentions: allowedMentions };
  checkBody(body, undefined, { mayHide: true, note: (violation) => notes.push(violation) });
  expect(notes).toEqual([]);
  const text = JSON.stringify(components);
  for (const [, id = ''] of text.matchAll(/"custom_id":"([^"]*)"/g))
    expect(id.length).toBeLessThanOrEqual(100);
  return text;
}

const some = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_none, n) => make(n));
const id = (n: number) => `9000000000000000${n + 10}`;
const options = (count: number) =>
  some(count, (n) => ({ value: `${LONG}${n}`, label: `${LONG.slice(0, 120)}${n}`, description: LONG }));

function fieldsOf(count: number, text: string): Field[] {
  const about = { label: LONG, hint: LONG, problem: LONG, note: LONG };
  return [
    { ...about, key: 'text', kind: 'text', value: text, group: 'a' },
    { ...about, key: 'long', kind: 'long-text', value: text, max: 20, group: 'a' },
    { ...about, key: 'number', kind: 'number', value: '18446744073709551615', whole: true, group: 'a' },
    { ...about, key: 'choice', kind: 'one-of', value: `${LONG}0`, options: options(count), group: 'a' },
    { ...about, key: 'open', kind: 'one-of', value: text, options: [], open: true, group: 'a' },
    {
      ...about,
      key: 'file',
      kind: 'file',
      types: ['image/png'],
      endings: ['png', 'json'],
      maxBytes: 1,
      group: 'a',
    },
    { ...about, key: 'tick', kind: 'yes-no', value: true, group: 'a' },
    { ...about, key: 'one', kind: 'one-of', value: '', none: LONG, options: options(count), group: 'one' },
    { ...about, key: 'some', kind: 'some-of', value: [`${LONG}1`], options: options(count), group: 'some' },
    { ...about, key: 'people', kind: 'people', value: some(count, id), group: 'who' },
    { ...about, key: 'roles', kind: 'roles', value: some(count, id), group: 'who' },
    { ...about, key: 'channels', kind: 'channels', value: some(count, id), group: 'who' },
    { ...about, key: 'switch', kind: 'yes-no', value: false, group: 'switch' },
  ];
}

function screenOf(count: number, text = LONG): Screen {
  return {
    at: AT,
    title: LONG.slice(0, 60),
    lines: some(count, () => ({ parts: [LONG, { kind: 'code', text: LONG }, { kind: 'person', id: '1' }] })),
    items: some(count, (n) => ({
      key: `${LONG}${n}`,
      label: LONG,
      description: LONG,
      lines: [{ parts: [{ kind: 'strong', text: LONG }] }],
    })),
    itemsTitle: LONG,
    itemActions: { choose: LONG, actions: [{ key: 'change', label: LONG }] },
    menus: [{ action: 'add', label: LONG, options: options(count) }],
    fields: fieldsOf(count, text),
    groups: { a: LONG, one: LONG, some: LONG, who: LONG, switch: LONG },
    save: 'save',
    actions: [
      { key: 'save', label: 'Save' },
      { key: 'publish', label: LONG, style: 'primary', disabled: true },
      ...some(4, (n) => ({ key: `more${n}`, label: LONG })),
    ],
  };
}

describe('a screen as a panel', () => {
  it.each([0, 1, 2, 10, 11, 25, 26, 60])('fits into a message, with %i of everything', (count) => {
    const screen = screenOf(count);
    for (const page of [0, 1, 99])
      checked(screenPanel(screen, english(), { page, done: [{ parts: [LONG], tone: 'ok' }] }));
    for (const key of ['one', 'some', 'add'])
      for (const page of [0, 1, 99]) checked(listPanel(screen, key, { page }, english()));
  });

  it.each([0, 1, 2, 10, 11, 25, 26, 60])('has forms that Discord opens, with %i to choose from', (count) => {
    const screen = screenOf(count);
    for (const group of Object.keys(screen.groups ?? {}))
      for (const [part] of formsOf(screen, group).entries())
        expect(modalSchema.safeParse(formOf(screen, group, part)).error?.issues).toBeUndefined();
    expect(formsOf(screen, 'a').map(({ length }) => length)).toEqual([5, 2]);
    expect(formsOf({ ...screen, atOnce: true }, 'a').map(({ length }) => length)).toEqual([5]);
  });

  it('says what a form cannot hold, and leaves it out', () => {
    const screen = screenOf(1, 'x'.repeat(4001));
    expect(
      checked(screenPanel({ ...screenOf(0), fields: fieldsOf(1, 'x'.repeat(4001)).slice(1, 2) }, english())),
    ).toContain('too long for a form, so it stays as it is.');
    expect(
      formsOf(screen, 'a')
        .flat()
        .map(({ key }) => key),
    ).not.toContain('long');
  });

  it('pages what is more than a menu holds, and finds among it', () => {
    const screen = screenOf(60);
    const last = checked(listPanel(screen, 'add', { page: 2 }, english()));
    expect(last.match(/"value":/g)).toHaveLength(10);
    expect(last).toContain('page 3 of 3');
    expect(checked(listPanel(screen, 'some', { page: 1 }, english())).match(/"value":/g)).toHaveLength(25);
    expect(
      checked(listPanel(screen, 'add', { page: 0, words: '|59' }, english())).match(/"value":/g),
    ).toHaveLength(1);
  });

  it('shows every item on some page', () => {
    const items = some(60, (n) => ({
      key: `k${n}`,
      label: `k${n}`,
      lines: [{ parts: [`item ${n};${'x'.repeat(300)}`] }],
    }));
    const screen = { ...screenOf(0, ''), fields: [], items };
    const all = some(20, (page) => checked(screenPanel(screen, english(), { page }))).join();
    for (const n of some(60, (one) => one)) expect(all).toContain(`item ${n};`);
  });

  it('lets nothing that was typed format, link or ping', () => {
    const text = checked(screenPanel({ ...screenOf(2), lines: [{ parts: [LONG] }] }, english()));
    expect(
      text.replaceAll(/"(?:label|placeholder|description|value|custom_id)":"(?:[^"\\]|\\.)*"/g, ''),
    ).not.toMatch(/(?<!\\)<@1>/);
  });
});
