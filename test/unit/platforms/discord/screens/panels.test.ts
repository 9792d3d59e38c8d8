import { describe, expect, it } from 'vitest';
import type { EditorView } from '../../../../../src/commands/editor.ts';
import type { Slot } from '../../../../../src/core/template.ts';
import { en } from '../../../../../src/i18n/en.ts';
import {
  addPanel,
  draftPanel,
  outputsPanel,
  slotPanel,
} from '../../../../../src/platforms/discord/screens/editor-view.ts';
import type { Panel } from '../../../../../src/platforms/discord/screens/layout.ts';
import { checkBody } from '../../../../fakes/discord/message-rules.ts';

const DRAFT = '9699cf9d-921d-4092-b994-c1f20f96e109';
const LONG = '*_`~<@1>|'.repeat(30);

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

function view(count: number, slot: Slot): EditorView {
  const slots = Array.from({ length: count }, (_none, n) => ({
    name: `${'s'.repeat(30)}${n}`,
    slot,
    into: [{ node: LONG, input: LONG }],
    choices: [],
  }));
  return {
    draft: {
      id: DRAFT,
      guild: '1',
      platform: 'discord',
      user: '2',
      name: 'n'.repeat(200),
      description: LONG.slice(0, 200),
      slots: slots.map(({ name }) => ({ name, slot })),
      outputs: ['1'],
      workflow: '{}',
    },
    slots,
    findings: slots.map(({ name }) => ({
      at: { slot: name },
      problem: { code: 'slot-broken', slot: name, field: 'min', detail: LONG },
      blocking: true,
    })),
    publishable: false,
    outputs: Array.from({ length: 60 }, (_none, n) => ({ id: `${n}`, title: LONG, posted: n % 2 === 0 })),
  };
}

const CHOICE: Slot = {
  type: 'choice',
  into: [['1', 'a']],
  choices: Array.from({ length: 25 }, (_none, n) => `${LONG.slice(0, 90)}${n}`),
  description: LONG.slice(0, 100),
};
const TEXT: Slot = { type: 'text', into: [['1', 'a']], default: LONG.repeat(20), format: `{value}${LONG}` };

describe("an admin's panels", () => {
  it.each([0, 1, 8, 9, 25, 60])('fit into a message, with %i slots', (count) => {
    for (const slot of [CHOICE, TEXT])
      for (const page of [0, 1, 99]) {
        const shown = view(count, slot);
        checked(draftPanel(shown, page, en));
        const panel = slotPanel(shown, shown.slots[0]?.name ?? '', en, { field: 'default', text: LONG });
        expect(panel === undefined).toBe(count === 0);
        if (panel) checked(panel);
      }
  });

  it('say what a form cannot hold', () => {
    const shown = view(1, TEXT);
    const panel = slotPanel(shown, shown.slots[0]?.name ?? '', en);
    expect(panel && checked(panel)).toContain('Default: too long for a form, so it stays as it is.');
  });

  it('page what is more than a menu holds', () => {
    const candidates = Array.from({ length: 60 }, (_none, n) => ({
      path: [`${n}`, LONG] as const,
      node: LONG,
      value: '',
    }));
    const last = checked(addPanel(DRAFT, candidates, { heading: LONG, page: 2 }, en));
    expect(last.match(/"value":/g)).toHaveLength(10);
    expect(last).toContain('page 3 of 3');
    expect(checked(outputsPanel(view(1, TEXT), 1, en)).match(/"value":/g)).toHaveLength(25);
  });

  it('let nothing that was typed format, link or ping', () => {
    const text = checked(draftPanel(view(2, TEXT), 0, en));
    expect(text).not.toMatch(/(?<!\\)<@1>/);
  });
});
