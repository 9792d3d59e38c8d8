import { expect, it } from 'vitest';
import { rankedForAll } from '../../../src/commands/menu.ts';
import { NO_USES } from '../../../src/commands/uses.ts';
import { NO_SETTINGS } from '../../../src/guilds/schema.ts';
import { parse } from '../templates/sources.ts';

const WORDS = { prompt: { type: 'text', into: [['3', 'text']] } };
const templates = ['ant', 'bee', 'imagine', 'wasp'].map((name) => parse(WORDS, {}, undefined, name));

it.each([
  [{}, ['imagine', 'ant', 'bee', 'wasp']],
  // one choice is as much as what holds where nobody has chosen
  [{ a: 'wasp' }, ['imagine', 'wasp', 'ant', 'bee']],
  [{ a: 'wasp', b: 'wasp', c: 'bee', d: 'gone' }, ['wasp', 'bee', 'imagine', 'ant']],
])(
  'what everybody has begins with what guilds have chosen: %j',
  async (chosen: Record<string, string>, order) => {
    const guilds = {
      known: () => Object.keys(chosen),
      settings: (guild: string) => ({ ...NO_SETTINGS, defaultTemplate: chosen[guild] }),
    };
    const ranked = await rankedForAll(templates, guilds, NO_USES);
    expect(ranked.map(({ name }) => name)).toEqual(order);
  },
);
