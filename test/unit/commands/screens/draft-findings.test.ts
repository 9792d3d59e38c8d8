/** What a draft says of itself on top: one line for each kind of thing, and no mark of success that nobody has seen. */
import { describe, expect, it } from 'vitest';
import type { Line, Screen } from '../../../../src/core/screen.ts';
import { ada, attached, castle, classes, commandStage, forever, GRAPH } from '../stage.ts';

const text = ({ parts }: Line) =>
  parts.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join('');
const toned = ({ lines }: Screen, tone: Line['tone']) => lines.filter((line) => line.tone === tone).map(text);

/** The castle, saved by as many nodes as there are `names`, which the backend does not have. */
const withNodes = (names: string[]) => {
  const more = names.map((name, n) => [`${100 + n}`, { class_type: name, inputs: { images: ['3', 0] } }]);
  return attached('castle.json', JSON.stringify({ ...GRAPH, ...Object.fromEntries(more) }));
};

async function drafted(file = castle(), known = true) {
  const stage = await commandStage();
  if (known) stage.backend.classes = classes();
  const { draft } = await stage.commands.editor.add(ada, file, {}, forever);
  const open = (kind: string) => stage.commands.screens.open(ada, `${kind}/${draft.id}`);
  return { ...stage, open };
}

describe('a draft', () => {
  it('is ready where a run can succeed', async () => {
    const { open } = await drafted();
    expect(toned(await open('draft'), 'ok')).toEqual(['Ready to publish.']);
  });

  it('is not marked so while the backend could not be asked', async () => {
    const { open } = await drafted(castle(), false);
    for (const screen of [await open('draft'), await open('findings')]) {
      expect(toned(screen, 'ok')).toEqual([]);
      expect(toned(screen, 'warning')[0]).toContain('not known until the backend can be asked');
    }
  });

  it('says once which nodes are missing, without sending an admin to an admin', async () => {
    const names = Array.from({ length: 9 }, (_none, n) => `Novel${n}`);
    const { open } = await drafted(withNodes(names));
    const screen = await open('draft');
    const [state, ...blocking] = toned(screen, 'blocked');
    expect(state).toContain('9 things');
    expect(blocking).toHaveLength(1);
    expect(blocking[0]).toMatch(/^9 nodes .*: Novel0, .*, and Novel8\. They have to be installed there/);
    expect((await open('findings')).items).toHaveLength(1);
  });

  it('leaves none out: beyond a sentence, each stands in the list of all', async () => {
    const names = Array.from({ length: 40 }, (_none, n) => `Novel${n}`);
    const { open } = await drafted(withNodes(names));
    expect(toned(await open('draft'), 'blocked')[1]).toContain('and 28 more');
    const said = (await open('findings')).items?.map(({ description = '' }) => description) ?? [];
    expect(names.filter((name) => !said.some((one) => one.includes(`"${name}"`)))).toEqual([]);
  });
});
