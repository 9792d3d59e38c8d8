/** What people type: commands and their values, up to a filled graph. */
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseCommand, parseValues } from '../../src/commands/typed/parse.ts';
import { writeJson } from '../../src/core/json.ts';
import type { Template } from '../../src/core/template.ts';
import { parseDocuments } from '../../src/templates/draft.ts';
import { fill } from '../../src/templates/fill.ts';
import { mainTextSlot } from '../../src/templates/slots/index.ts';
import { readValues } from '../../src/templates/values.ts';
import type { Random } from '../fakes/random.ts';
import type { Border } from './harness.ts';
import { bendText, oddity } from './mutate.ts';

const WORDS = [
  'a red fox',
  '--steps 30',
  '--steps=',
  'size:wide',
  'size: "wide"',
  'negative:"blurry, dark"',
  '--seed 18446744073709551615',
  'cfg:7.5',
  'cfg:-1e5',
  'hires:',
  '--hires',
  '--hires off',
  '—steps 5',
  '“smart quotes”',
  'https://example.com/a:b',
  'Note: a fox',
  '--',
  '---x',
  '"',
  '\\"',
  '"unclosed',
  'image:x.png',
  'constructor:1',
  '--__proto__ 1',
  'ｓｔｅｐｓ:５',
  '\n\t',
  '{value}',
] as const;

export const typed: Border = {
  name: 'typed',
  async open() {
    const templates = globSync('{templates,test/fixtures/templates}/*/template.json').map((path) =>
      parseDocuments('fuzzed', {
        template: readFileSync(path, 'utf8'),
        workflow: readFileSync(`${dirname(path)}/workflow.json`, 'utf8'),
      }),
    );
    return {
      feed({ random, show }) {
        const template = random.pick(templates);
        const line = lineOf(random, template);
        show(line);
        const command = parseCommand(line);
        if (!command) return 'refused';
        const { values, meant } = parseValues(command.rest, {
          slots: template.slots,
          main: mainTextSlot(template),
        });
        const raw = random.below(2) === 0 ? values : (meant ?? values);
        writeJson(
          fill(
            template,
            readValues(template, raw, () => 5n),
          ).workflow,
        );
        return 'accepted';
      },
    };
  },
};

function lineOf(random: Random, { slots }: Template): string {
  const parts = Array.from({ length: random.below(6) }, () => {
    const odd = oddity(random);
    switch (random.below(4)) {
      case 0:
        return `${random.pick(['--', ''])}${random.pick(Object.keys(slots))}${random.pick([':', '=', ' '])}${random.pick(WORDS)}`;
      case 1:
        return `${random.pick(Object.keys(slots))}:${typeof odd === 'string' ? odd : random.below(100)}`;
      case 2:
        return typeof odd === 'string' ? odd : random.pick(WORDS);
      default:
        return random.pick(WORDS);
    }
  });
  const line = `/imagine ${parts.join(random.pick([' ', ' ', '  ', '', '\n']))}`;
  const bent = random.below(3) === 0 ? bendText(random, line) || line : line;
  // as long as the longest that a chat carries
  return random.below(200) === 0 ? bent.repeat(1 + Math.floor(40_000 / bent.length)).slice(0, 40_000) : bent;
}
