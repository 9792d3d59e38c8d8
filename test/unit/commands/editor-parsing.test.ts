/** A workflow may have megabytes: how often its source is parsed is counted at `JSON.parse`. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ada, attached, castle, classes, commandStage, forever, GRAPH } from './stage.ts';

const SOURCE = JSON.stringify(GRAPH);

/** How often the workflow was parsed so far. */
function counter(): () => number {
  const { mock } = vi.spyOn(JSON, 'parse');
  return () => mock.calls.filter(([text]) => text === SOURCE).length;
}

afterEach(() => vi.restoreAllMocks());

async function staged() {
  const stage = await commandStage();
  stage.backend.classes = classes();
  return { ...stage, editor: stage.commands.editor };
}

describe('a workflow that is added', () => {
  it('is parsed once, and no more while its draft is worked on', async () => {
    const { editor } = await staged();
    const parsed = counter();
    const { draft } = await editor.add(ada, castle(), {}, forever);
    expect(parsed()).toBe(1);
    await editor.open(ada, draft.id);
    await editor.change(ada, draft.id, { kind: 'drop', slot: 'seed' });
    await editor.change(ada, draft.id, { kind: 'outputs', nodes: ['9'] });
    const [candidate] = await editor.candidates(ada, draft.id);
    await editor.change(ada, draft.id, { kind: 'add', path: candidate!.path });
    await editor.prepareTest(ada, draft.id);
    expect(parsed()).toBe(1);
  });

  it('is parsed once with its settings, too', async () => {
    const { editor } = await staged();
    const parsed = counter();
    const slots = { prompt: { type: 'text', into: [['6', 'text']] } };
    const settings = attached('template.json', JSON.stringify({ description: 'Castles', slots }));
    await editor.add(ada, castle(), { settings }, forever);
    expect(parsed()).toBe(1);
  });

  it('is parsed anew when it is published: what is stored must be readable', async () => {
    const first = await staged();
    const { draft } = await first.editor.add(ada, castle(), {}, forever);
    const parsed = counter();
    await first.editor.publish(ada, draft.id);
    // from the draft, and from what is stored of the template
    expect(parsed()).toBe(2);
  });
});
