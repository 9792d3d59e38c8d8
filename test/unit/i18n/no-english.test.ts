/** No sentence is built from English parts: whatever is put into one is a name, a number, or what somebody wrote. */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { presentStanding } from '../../../src/commands/present.ts';
import { helpLines } from '../../../src/commands/verbs/help.ts';
import { possibleActs } from '../../../src/commands/typed/act-line.ts';
import { kindOfBackendName, SANDBOX } from '../../../src/core/backend-name.ts';
import { problemOf, type Problem } from '../../../src/core/errors.ts';
import { CHOSEN } from '../../../src/core/screen.ts';
import type { Rank } from '../../../src/core/rank.ts';
import type { Standing, WaitReason } from '../../../src/core/standing.ts';
import { readTexts } from '../../../src/i18n/languages.ts';
import { catalogue, languages, sentence, warned } from '../../../src/i18n/index.ts';
import { sampleJob } from '../jobs/sample.ts';
import { ada } from '../commands/stage.ts';
import { KINDS, screenStage } from '../commands/screens/stage.ts';
import { examples, reasons, warnings } from './examples.ts';
import { AS_IT_STANDS, NAMES } from './names.ts';

const RANKS: readonly Rank[] = ['person', 'admin', 'operator'];
const others = languages().filter(({ tag }) => tag !== 'en');

/** What a draft says in English, beside what it says in its reader's language: words of a template, by language. */
const SUGGESTED = [
  'Make a picture from a prompt',
  ...Object.entries(readTexts('en'))
    .filter(([key, text]) => key.startsWith('detected.') && /^[^{]+ [^{]+$/.test(text))
    .map(([, text]) => text),
];

/** Latin words of at least three letters that are no names. */
function foreignIn(text: string, given: ReadonlySet<string>): string[] {
  const rest = [...SUGGESTED, ...AS_IT_STANDS].reduce(
    (left: string, pattern) => left.replaceAll(pattern, ' '),
    text,
  );
  return (rest.match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !NAMES.has(word) && !given.has(word));
}

/** What was found, once a word. */
function foundIn(texts: readonly string[], given: ReadonlySet<string> = new Set()): string[] {
  const found = texts.flatMap((text) => foreignIn(text, given).map((word) => [word, text] as const));
  return [...new Map(found)].map(([word, text]) => `${word}: ${text}`);
}

/** Fields that hold our own keys, which nobody reads. */
const OURS = /^(?:code|field|setting|type|limit|why|fault|wanted|platform|kind)$/;

/** The words that stand in what a sentence is made from, but for our own keys. */
function wordsIn(value: unknown, key = '', into = new Set(['fox', 'Fox', 'wolf'])): Set<string> {
  if (OURS.test(key)) return into;
  if (typeof value === 'string') for (const word of value.match(/[A-Za-z]{3,}/g) ?? []) into.add(word);
  if (typeof value === 'object' && value !== null)
    for (const [name, inside] of Object.entries(value))
      wordsIn(inside, Array.isArray(value) ? key : name, into);
  return into;
}

/** Every text that a screen shows, and none that it only goes by. */
function textsIn(value: unknown, key = ''): string[] {
  if (/^(?:at|key|value|kind|parent|save|action|file|id|types|endings|tone|group|style|of)$/.test(key))
    return [];
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    textsIn(inside, Array.isArray(value) ? key : name),
  );
}

/** What a message says itself, in all of its branches. */
function literalsIn(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal) return [element.value];
    return 'options' in element
      ? Object.values(element.options).flatMap(({ value }) => literalsIn(value))
      : [];
  });
}

const problems: Problem[] = [
  ...examples,
  ...reasons.flatMap((reason): Problem[] => [
    { code: 'template-broken', file: 'fox.json', path: 'slots.fox', reason },
    { code: 'slot-broken', slot: 'fox', field: 'min', reason },
  ]),
  ...examples.flatMap((problem) =>
    'backend' in problem
      ? [SANDBOX, 'the sandbox', '', 'the backend'].map((backend) => ({ ...problem, backend }))
      : [],
  ),
];

const HOLDS = ['away', 'account', 'busy'] as const;
const hold = { since: 0, kind: 'away', problem: { code: 'backend-timeout', backend: SANDBOX } } as const;
const WAITS: readonly WaitReason[] = [
  ...(['guild-limit', 'user-limit', 'person-limit', 'backend-busy'] as const).flatMap((kind) => [
    { kind, used: 1, limit: 1 },
    { kind, used: 2, limit: 2 },
    { kind, used: 1, limit: 2 },
  ]),
  ...HOLDS.map((kind): WaitReason => ({ kind: 'backend-held', hold: { ...hold, kind } })),
  { kind: 'backend-changing' },
  { kind: 'data-full' },
];
const said = { backend: SANDBOX, text: 'fox' };
const STANDINGS: readonly Standing[] = [
  ...WAITS.map((reason): Standing => ({ kind: 'waiting', place: { position: 2, reason } })),
  { kind: 'submitting', retrying: false, said },
  { kind: 'submitting', retrying: true },
  ...HOLDS.map((kind): Standing => ({ kind: 'held', hold: { ...hold, kind } })),
  { kind: 'lined-up', ahead: 3, said },
  {
    kind: 'running',
    progress: { fraction: 0.5, node: undefined, step: { value: 1, max: 2 } } as never,
    said,
  },
  { kind: 'cancelling', unstoppable: true },
  { kind: 'cancelling', unstoppable: false },
  { kind: 'delivering' },
  { kind: 'delivering', late: 0 },
];

/** What the castle and its world are made of; slots and files are called as whoever made them did. */
const GIVEN = new Set(
  `fox Fox wolf castle fort imagine upscale ada ann prompt steps seed image model size negative text Mystery ruin lost safetensors
  KSampler CLIPTextEncode cfg width height name LATENT MODEL CLIP VAE stepz Draw`.split(/\s+/),
);

describe.each(others)('in $name no English word is in', ({ tag }) => {
  const words = catalogue(tag);

  it('the sentence for any problem, whoever reads it', () => {
    const found = problems.flatMap((problem) => {
      // an old record's own English name of a backend is no word that may be said
      const known = 'backend' in problem && kindOfBackendName(problem.backend) !== 'named';
      const given = wordsIn(known ? { ...problem, backend: '' } : problem);
      const texts = RANKS.map((rank) => sentence(words, problem, rank));
      return foundIn(texts, given).map((one) => `${problem.code}: ${one}`);
    });
    expect(found).toEqual([]);
  });

  it('what a reply says of where its job is', () => {
    const texts = ['test', 'discord', 'slack', 'web', 'terminal'].flatMap((platform) =>
      STANDINGS.flatMap((standing) =>
        [true, false].flatMap((own) => {
          const job = sampleJob({ locale: tag, platform, values: { prompt: 'fox' } });
          return textsIn(presentStanding(job, standing, own));
        }),
      ),
    );
    expect(foundIn(texts, GIVEN)).toEqual([]);
  });

  it('a warning about the environment', () => {
    const found = warnings.flatMap((warning) => foundIn([warned(warning, words)], wordsIn(warning)));
    expect(found).toEqual([]);
  });

  it('a fault of a connection', () => {
    const about = { backend: words.backendName(SANDBOX), status: 502, to: 'http://fox' };
    const texts = Object.values(words.connect.faults).flatMap(({ person, operator }) => [
      person(about),
      operator(about),
    ]);
    expect(foundIn(texts, GIVEN)).toEqual([]);
  });

  it('the help', async () => {
    const caller = { ...ada, locale: tag };
    const texts = await helpLines(caller, [], {
      call: (name) => `/${name}`,
      holds: () => true,
      ranked: async (templates) => [...templates],
    });
    expect(foundIn(texts, GIVEN)).toEqual([]);
  });

  it('any screen', async () => {
    const caller = { ...ada, locale: tag };
    const { screens, kinds } = await screenStage(caller);
    const found: string[] = [];
    for (const kind of KINDS) {
      const screen = await screens.open(caller, (await kinds[kind]?.()) ?? '');
      found.push(...foundIn(textsIn(screen), GIVEN).map((one) => `${kind}: ${one}`));
    }
    expect(found).toEqual([]);
  });

  it('any message itself', () => {
    // which of two ways a language writes a list in
    const { 'list.nor': _way, ...texts } = readTexts(tag);
    const found = Object.entries(texts).flatMap(([key, text]) =>
      foundIn(literalsIn(parse(text, { ignoreTag: true })), GIVEN).map((one) => `${key}: ${one}`),
    );
    expect(found).toEqual([]);
  });
});

/** Whatever is put in, it is put in by the same code in every language. */
it.each(KINDS)('No English word is in what is told of what is done in a screen: %s', async (kind) => {
  const [{ tag } = { tag: '' }] = others;
  const caller = { ...ada, locale: tag };
  const { screens, kinds, act } = await screenStage(caller);
  const open = async () => screens.open(caller, (await kinds[kind]?.()) ?? '');
  const found = new Set<string>();
  const look = (what: string, shown: unknown) => {
    for (const one of foundIn(textsIn(shown), GIVEN)) found.add(`${what}: ${one}`);
  };
  for (const { key, of } of possibleActs(await open())) {
    const { at } = await open();
    const chosen = of && { [CHOSEN]: of.options[0]?.value ?? '' };
    // some of it is as it must not be
    const entered = { ...chosen, name: '!', min: 'fox', default: 'fox' };
    const outcome = await act(at, key, entered).catch((error: unknown) => problemOf(error, 'fox'));
    look(
      key,
      'code' in outcome ? sentence(catalogue(tag), outcome, 'admin') : [outcome.done, outcome.screen],
    );
  }
  look('audit', await screens.open(caller, 'audit'));
  expect([...found]).toEqual([]);
});
