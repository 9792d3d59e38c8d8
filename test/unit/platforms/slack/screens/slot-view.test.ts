import { describe, expect, it } from 'vitest';
import type { Slot } from '../../../../../src/core/template.ts';
import {
  slotChange,
  slotView,
  type SlotMemory,
} from '../../../../../src/platforms/slack/screens/slot-view.ts';
import { answers } from '../../../../../src/platforms/slack/events/state.ts';

const into: [string, string][] = [['1', 'x']];
const memory = (type: Slot['type']): SlotMemory => ({ draft: 'd', channel: 'C1', slot: 'x', type });
const blocks = (slot: Slot, type = slot.type) =>
  slotView(slot, memory(type), 'en').blocks.flatMap(({ block_id: id }) => id ?? []);
const entered = (values: Record<string, string | null>) =>
  answers(
    Object.fromEntries(
      Object.entries(values).map(([block, value]) => [block, { value: { type: 'x', value } }]),
    ),
  );

describe('the form of a slot', () => {
  it.each<[Slot, string[]]>([
    [{ type: 'text', into }, ['description', 'default', 'maxLength', 'format', 'required']],
    [{ type: 'integer', into }, ['description', 'default', 'min', 'max', 'required']],
    [{ type: 'boolean', into }, ['description', 'default']],
    [{ type: 'choice', into }, ['description', 'default', 'choices', 'required']],
    [{ type: 'seed', into }, ['description']],
    [{ type: 'image', into }, ['description', 'required']],
  ])('asks what a slot of its type has: %j', (slot, fields) => {
    expect(blocks(slot)).toEqual(['type', 'name', ...fields]);
  });

  it('leaves out what is too long for Slack, says so, and does not change it', () => {
    const slot: Slot = { type: 'text', into, default: 'x'.repeat(3001), format: '{value}!' };
    const view = slotView(slot, memory('text'), 'en');
    expect(blocks(slot)).not.toContain('default');
    expect(JSON.stringify(view.blocks)).toContain('Default: too long for a form');
    const change = slotChange(entered({ name: 'x', description: null, format: '{value}?' }), memory('text'));
    expect(change).toEqual({ type: 'text', name: 'x', description: '', format: '{value}?' });
  });

  it('has empty fields for a type that the slot does not have yet', () => {
    const slot: Slot = { type: 'integer', into, default: 5, description: 'How many' };
    const view = slotView(slot, memory('text'), 'en');
    expect(JSON.stringify(view.blocks)).not.toContain('"initial_value":"5"');
    expect(JSON.stringify(view.blocks)).toContain('"initial_value":"How many"');
  });
});
