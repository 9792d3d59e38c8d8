/** Two hundred prompts as people write them, through the reading that every surface has. */
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/commands/typed/understand.ts';
import { loadTemplates } from '../../../src/templates/library/load.ts';
import { PROMPTS, type Became } from '../../prompts/table.ts';
import { ann, commandStage } from './stage.ts';

async function reader() {
  const { templates } = await loadTemplates('templates');
  const { commands } = await commandStage({}, templates);
  return async (typed: string, reading: Reading): Promise<Became> => {
    const intent = await commands.understand(ann, typed, reading);
    if (intent.kind !== 'run' && intent.kind !== 'ask') throw new Error(`it was taken for ${intent.kind}`);
    if (intent.template.name !== 'imagine') throw new Error(`it went to ${intent.template.name}`);
    if (intent.kind === 'run') return intent.values;
    return { ...intent.values, ask: intent.doubts.map(({ meant, written }) => meant ?? written) };
  };
}

describe('two hundred prompts as people write them', () => {
  it('are at least so many', () => {
    expect(PROMPTS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(PROMPTS.map(({ typed }) => typed)).size).toBe(PROMPTS.length);
  });

  it.each<[string, Reading, string]>([
    ['as plain words where commands have a slash', { slashes: true }, ''],
    ['said to a bot', {}, ''],
    ['after a name', {}, 'imagine '],
    ['after a command', { slashes: true }, '/imagine '],
  ])('become what they must: %s', async (_how, reading, before) => {
    const read = await reader();
    const wrong: object[] = [];
    // behind a name a colon is that one's
    const all = PROMPTS.filter(
      ({ typed }) => before !== 'imagine ' || !typed.startsWith(':') || /^:\w/.test(typed),
    );
    for (const { typed, became } of all) {
      const found = await read(`${before}${typed}`, reading).catch((error: unknown) => ({
        error: String(error),
      }));
      try {
        expect(found).toEqual({
          ...became,
          ...(became.prompt && { prompt: became.prompt.replaceAll(/\s+/g, ' ') }),
        });
      } catch {
        wrong.push({ typed, found });
      }
    }
    expect(wrong).toEqual([]);
  });
});
