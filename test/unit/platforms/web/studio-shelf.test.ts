import { describe, expect, it } from 'vitest';
import type { Done, Draft, ShelfItem, VersionItem } from '../../../../src/platforms/web/studio-api.ts';
import { GRAPH } from '../../commands/stage.ts';
import { ELSEWHERE, studioStage } from './studio-stage.ts';

/** Once, not a line for each. */
const LACKS = { sentence: expect.stringContaining('2 nodes that this template needs are missing') };

/** With the castle published once. */
async function shelfStage(query = '') {
  const stage = await studioStage();
  const { id } = await stage.begin(query);
  await stage.post(`/drafts/${id}/publish${query}`);
  const items = async () => (await stage.get<ShelfItem[]>(`/shelf${query}`)).body;
  const act = (name: string, verb: string, body?: unknown) =>
    stage.post<Done & { error: string; field?: string }>(`/templates/${name}/${verb}${query}`, body);
  return { ...stage, items, act };
}

describe('The shelf in the studio', () => {
  it('lists the templates of a place: built-in ones and its own', async () => {
    const { items } = await shelfStage();
    expect(await items()).toEqual([
      { name: 'imagine', description: 'Draw', own: false, off: false, misfits: [LACKS] },
      {
        name: 'castle',
        description: 'Make a picture from a prompt',
        own: true,
        off: false,
        version: 1,
        misfits: [],
      },
      { name: 'upscale', description: 'Draw', own: false, off: false, misfits: [LACKS] },
    ]);
  });

  it('renames, switches off and on, and removes', async () => {
    const { items, act } = await shelfStage();
    expect(await act('castle', 'rename', { to: '/Fort' })).toEqual({ status: 200, body: { name: 'fort' } });
    expect((await items())[1]?.name).toBe('fort');
    await act('imagine', 'switch', { off: true });
    expect((await items())[1]).toMatchObject({ name: 'imagine', off: true });
    await act('imagine', 'switch', { off: false });
    expect((await items())[1]).toMatchObject({ off: false });
    expect((await act('fort', 'remove')).status).toBe(200);
    expect((await items()).map(({ name }) => name)).toEqual(['imagine', 'upscale']);
  });

  it('brings an older version back, and has the files of each', async () => {
    const { act, get, post, routes } = await shelfStage();
    const { id } = (await post('/drafts', { edit: 'castle' })).body;
    await post(`/drafts/${id}/change`, { kind: 'drop', slot: 'model' });
    await post(`/drafts/${id}/publish`);
    expect((await act('castle', 'rollback', { version: 1 })).body).toEqual({ name: 'castle', version: 3 });
    const { body } = await get<VersionItem[]>('/templates/castle/history');
    expect(body).toMatchObject([{ number: 3, from: 1, by: 'you' }, { number: 2 }, { number: 1 }]);

    const slotsOf = async (query: string) => {
      const file = await get<Draft>(`/templates/castle/template.json${query}`);
      return Object.keys(file.body.slots);
    };
    expect(await slotsOf('')).toContain('model');
    expect(await slotsOf('?version=2')).not.toContain('model');
    const workflow = await routes.request('/api/studio/templates/castle/workflow.json');
    expect(workflow.headers.get('content-disposition')).toContain('attachment');
    expect(await workflow.json()).toEqual(GRAPH);
  });

  it('refuses what cannot be done, with a sentence', async () => {
    const { act, get, post } = await shelfStage();
    expect(await act('castle', 'rename', { to: 'settings' })).toMatchObject({
      status: 422,
      body: { field: 'name' },
    });
    expect(await act('imagine', 'remove')).toMatchObject({
      status: 422,
      body: { error: expect.any(String) },
    });
    expect((await act('castle', 'rollback', { version: 7 })).status).toBe(404);
    for (const odd of ['{', { version: 'x' }, {}])
      expect((await act('castle', 'rollback', odd)).status).toBe(422);
    expect((await act('nope', 'remove')).status).toBe(404);
    expect((await get('/templates/nope/history')).status).toBe(404);
    expect((await get('/templates/constructor/template.json')).status).toBe(404);
    expect((await post('/drafts', { edit: 'nope' })).status).toBe(404);
  });

  it('of another place is its own, and says so when its platform did not take the commands', async () => {
    const { items, act, chat, offered, get } = await shelfStage(`?${ELSEWHERE}`);
    expect((await items()).map(({ name }) => name)).toContain('castle');
    expect((await get<ShelfItem[]>('/shelf')).body.map(({ name }) => name)).not.toContain('castle');
    expect(offered.get('guild-a')).toEqual(['castle']);
    chat.refuses = true;
    expect((await act('castle', 'rename', { to: 'fort' })).body).toEqual({
      name: 'fort',
      problem: expect.any(String),
    });
  });
});
