/** Long and deep input costs little: nobody can make the one process of everybody stand still. */
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/comfy/wire/clean.ts';
import { segment } from '../../src/comfy/wire/http.ts';
import { carriesMark } from '../../src/comfy/runs/mark.ts';
import { detect } from '../../src/templates/detect/index.ts';
import { parseDocuments } from '../../src/templates/draft.ts';
import { readValues } from '../../src/templates/values.ts';
import { parse, problemIn } from '../unit/templates/sources.ts';
import { measured } from '../fakes/cpu-time.ts';

/** In ms; what it guards against took seconds to minutes. */
const AT_MOST = 500;

function quickly<T>(work: () => T): T {
  const { result, cpuMs } = measured(work);
  expect(cpuMs).toBeLessThan(AT_MOST);
  return result;
}

describe('input made to cost', () => {
  it('is no number with thousands of digits', () => {
    const template = parse({ cfg: { type: 'number', into: [['3', 'cfg']] } });
    const raw = { cfg: `${'1'.repeat(40_000)}x` };
    expect(quickly(() => problemIn(() => readValues(template, raw, () => 1n))).code).toBe('not-a-number');
  });

  it('is no error of megabytes full of addresses, which still come without what they are signed with', () => {
    expect(quickly(() => clean('http://'.repeat(300_000), { blot: String })).length).toBeLessThanOrEqual(300);
    const signed = quickly(() =>
      clean(`see https://x.example/a?sig=hush ${'http://'.repeat(300_000)}`, { blot: String }),
    );
    expect(signed).toContain('https://x.example/a');
    expect(signed).not.toContain('hush');
  });

  it('is no entry that nests deeper than the stack', () => {
    const depth = 200_000;
    const entry: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(carriesMark(entry, 'x')).toBe(false);
    expect(carriesMark({ extra_data: { easel_prompt_id: 'x' } }, 'x')).toBe(true);
  });

  it('is no id with half a character', () => {
    expect(segment('\ud800/..')).toBe('%EF%BF%BD%2F..');
  });

  it('is no link to an output that cannot even be counted', () => {
    const odd = { toString: 1, valueOf: null };
    const workflow = {
      '1': { class_type: 'A', inputs: {} },
      '2': { class_type: 'B', inputs: { images: ['1', odd] } },
    };
    expect(() => detect(workflow)).not.toThrow();
  });

  it('is no description whose length cannot be compared', () => {
    const template = JSON.stringify({ description: { length: { toString: 1, valueOf: null } }, slots: {} });
    const workflow = JSON.stringify({ '1': { class_type: 'A', inputs: {} } });
    expect(problemIn(() => parseDocuments('fox', { template, workflow })).code).toBe('template-broken');
  });
});
