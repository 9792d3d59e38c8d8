import { describe, expect, it } from 'vitest';
import { ORDERS, type BodyName, type Part } from '../../../../src/core/bodies.ts';
import { firstAccepted, MAX_TRIES, type Blame } from '../../../../src/platforms/kit/tries.ts';

class No extends Error {
  readonly blame: Blame | undefined;
  constructor(blame: Blame | undefined) {
    super(String(blame));
    this.blame = blame;
  }
}

type Answer = (has: readonly Part[]) => Blame | 'passing' | undefined;

/** Tries everything against platforms that answer so; resolves to what was tried, in order, and what came of it. */
async function course(
  answers: Record<string, Answer>,
  order: readonly (readonly BodyName[])[],
  first: BodyName = 'full',
) {
  const tried: string[] = [];
  const result = firstAccepted({
    ways: Object.keys(answers),
    order,
    first: () => first,
    attempt: async (way, { name, has }) => {
      tried.push(`${way}:${name}`);
      const no = answers[way]?.(has);
      if (no !== undefined) throw new No(no === 'passing' ? undefined : no);
    },
    refused: () => undefined,
    blame: (error) => (error instanceof No ? error.blame : undefined),
  });
  const end = await result.then(
    ({ way, body }) => `${way}:${body.name}`,
    (error: unknown) => `refused: ${error instanceof Error ? error.message : ''}`,
  );
  return { tried, end };
}

const minds =
  (...parts: Part[]): Answer =>
  (has) =>
    parts.find((part) => has.includes(part));
const place: Answer = () => 'place';
const fine: Answer = () => undefined;

describe('ways and bodies', () => {
  it.each<[string, Record<string, Answer>, keyof typeof ORDERS, string[]]>([
    ['nothing is minded', { edit: fine, bot: fine }, 'attached', ['edit:full']],
    [
      'words are minded: they go, the form and the way stay',
      { edit: minds('words'), direct: fine },
      'attached',
      ['edit:full', 'edit:wordless'],
    ],
    [
      'the form is minded: it goes, the words stay',
      { edit: minds('form'), direct: fine },
      'attached',
      ['edit:full', 'edit:plain'],
    ],
    [
      'the place is refused: the next way begins with everything',
      { edit: place, bot: place, channel: fine },
      'attached',
      ['edit:full', 'bot:full', 'channel:full'],
    ],
    [
      'files are minded: a worse way that takes them comes before a better one without',
      { edit: minds('files'), direct: fine },
      'attached',
      ['edit:full', 'direct:full'],
    ],
    [
      'files are minded and there is no other way: the words arrive alone',
      { edit: minds('files'), direct: place },
      'attached',
      ['edit:full', 'direct:full', 'edit:fileless'],
    ],
    [
      'words are minded, ours too: files alone',
      { edit: (has) => (has.includes('text') ? 'words' : undefined), direct: place },
      'attached',
      ['edit:full', 'edit:wordless', 'edit:files'],
    ],
    [
      'words and files are minded: a last sentence',
      { edit: minds('words', 'text', 'files'), direct: place },
      'attached',
      ['edit:full', 'edit:wordless', 'edit:files', 'direct:full', 'edit:last'],
    ],
    [
      'something is minded, and it is not known what: from the fullest to the barest',
      { edit: (has) => (has.length > 1 ? 'content' : undefined) },
      'attached',
      ['edit:full', 'edit:plain', 'edit:wordless', 'edit:bare', 'edit:files'],
    ],
    [
      'pictures in the blocks are minded: the same without them',
      { edit: minds('files') },
      'beside',
      ['edit:full', 'edit:fileless'],
    ],
    [
      'pictures and blocks are minded: plain words',
      { edit: minds('files', 'form') },
      'beside',
      ['edit:full', 'edit:fileless', 'edit:words'],
    ],
    ['there are no files', { edit: minds('words') }, 'wordsAlone', ['edit:full', 'edit:wordless']],
  ])('%s', async (_, answers, order, expected) => {
    const { tried, end } = await course(answers, ORDERS[order]);
    expect(tried).toEqual(expected);
    expect(end).toBe(expected.at(-1));
  });

  it('begin where something like it was refused before', async () => {
    const { tried } = await course({ edit: fine }, ORDERS.attached, 'wordless');
    expect(tried).toEqual(['edit:wordless']);
  });

  it('throw at once what may pass', async () => {
    const { tried, end } = await course({ edit: () => 'passing', direct: fine }, ORDERS.attached);
    expect(tried).toEqual(['edit:full']);
    expect(end).toBe('refused: undefined');
  });

  it.each(Object.entries(ORDERS))('are bounded (%s), and each is tried once', async (_, order) => {
    for (const blame of ['content', 'form', 'words', 'text', 'files'] as const) {
      const never: Answer = () => blame;
      const { tried, end } = await course({ a: never, b: never, c: never, d: never }, order);
      expect(tried.length).toBeLessThanOrEqual(order.length * MAX_TRIES);
      // however many ways there are, each list has its turn
      for (const bodies of blame === 'content' ? order : [])
        expect(bodies.some((name) => tried.some((one) => one.endsWith(`:${name}`)))).toBe(true);
      expect(new Set(tried).size).toBe(tried.length);
      expect(end).toBe(`refused: ${blame}`);
    }
  });

  it('end where there is no way at all', async () => {
    expect((await course({}, ORDERS.attached)).end).toBe('refused: no way to the person is left');
  });
});
