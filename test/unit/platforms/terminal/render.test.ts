import { describe, expect, it } from 'vitest';
import type { View } from '../../../../src/core/view.ts';
import { plain, renderLines } from '../../../../src/platforms/terminal/render.ts';

const view = (given: Partial<View> = {}): View => ({
  tone: 'working',
  title: 'a fox',
  status: '50 %',
  facts: [],
  notes: [],
  buttons: [],
  ...given,
});

describe('a reply at the terminal', () => {
  it('is title, status, values and notes, a line each', () => {
    const facts = [
      { name: 'steps', value: '20' },
      { name: 'seed', value: '7' },
    ];
    expect(renderLines(view({ tone: 'done', status: 'Done in 1 s', facts, notes: ['/tmp/a.png'] }))).toEqual([
      '✔ a fox',
      '  Done in 1 s',
      '  steps 20 · seed 7',
      '  /tmp/a.png',
    ]);
  });

  it('has what the backend says below its status, and nothing in it steers the terminal', () => {
    expect(renderLines(view({ said: 'ComfyUI: half\u001b[2J done' }))).toEqual([
      '▸ a fox',
      '  50 %',
      '  ComfyUI: half [2J done',
    ]);
  });

  it.each([
    [0, '░'.repeat(24)],
    [0.5, '█'.repeat(12) + '░'.repeat(12)],
    [1, '█'.repeat(24)],
  ])('has a bar at %d', (fraction, bar) => {
    expect(renderLines(view({ fraction }))[1]).toBe(`  ${bar} 50 %`);
  });

  it('marks each tone differently', () => {
    const tones = ['waiting', 'working', 'done', 'failed', 'cancelled'] as const;
    expect(new Set(tones.map((tone) => renderLines(view({ tone }))[0])).size).toBe(5);
  });

  it.each(['\u001B[2J', 'a\nb', '\u009B31m', '\r\u0007', '\u0000'])('lets %j steer nothing', (nasty) => {
    const lines = renderLines(
      view({ title: nasty, status: nasty, notes: [nasty], facts: [{ name: nasty, value: nasty }] }),
    );
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    expect(plain(nasty)).not.toMatch(/\p{Cc}/u);
  });
});
