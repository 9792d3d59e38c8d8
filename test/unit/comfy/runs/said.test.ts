/** What a server says in words of a run: it is ours, it is one line without secrets, and it is not too much. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../../../src/core/backend.ts';
import type { RunEvent } from '../../../../src/core/run.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import { follow } from '../../../contract/backend.ts';
import { soon } from '../backends.ts';
import { KEY, openPair, steps, tell } from '../sandboxes.ts';

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

const said = (events: RunEvent[]) => events.flatMap((event) => (event.kind === 'said' ? [event.text] : []));
const SLOWLY = { stepMs: 30 };

describe('a notification', () => {
  it('is heard of a run that still waits, which has not begun by that', async () => {
    const { backend, sandbox } = await openPair({ dialect: 'cloud', stepMs: 20 });
    sandbox.faults.socket.notification = 'Waiting for a machine';
    const first = follow(backend, await submit(backend, steps(20)));
    const second = follow(backend, await submit(backend, steps(1)));
    await second.saw('said');
    expect(said(second.events)).toEqual(['Waiting for a machine']);
    await second.saw('queued');
    const kinds = second.events.map(({ kind }) => kind);
    expect(kinds.indexOf('queued')).toBeGreaterThan(kinds.indexOf('said'));
    expect(kinds).not.toContain('started');
    await Promise.all([first.end, second.end]);
  });

  it.each(['comfyui', 'cloud'] as const)(
    'that names no run is heard of the only one that runs, on %s',
    async (dialect) => {
      const { backend } = await openPair({ dialect, ...SLOWLY });
      const id = await submit(backend, tell('Loading models', 500, true));
      const run = follow(backend, id);
      await run.saw('said');
      await backend.cancel(id, soon());
      await run.end;
      expect(new Set(said(run.events))).toEqual(new Set(['Loading models']));
    },
  );
});

describe('the text of a node', () => {
  it.each(['comfyui', 'cloud'] as const)(
    'is heard with the run that it names, also while others run, on %s',
    async (dialect) => {
      const { backend } = await openPair({ dialect, ...SLOWLY, namedTexts: true, parallel: 2 });
      const runs = ['one', 'two'].map(async (text) => {
        const run = follow(backend, await submit(backend, tell(text, 4)));
        await run.end;
        return said(run.events);
      });
      expect(await Promise.all(runs)).toEqual([Array(4).fill('one'), Array(4).fill('two')]);
    },
  );

  it('is heard of the only one that runs where it names none, and of nobody while two run', async () => {
    const { backend } = await openPair({ dialect: 'cloud', ...SLOWLY, parallel: 2 });
    const id = await submit(backend, tell('alone', 1000));
    const first = follow(backend, id);
    await first.saw('said');
    const second = follow(backend, await submit(backend, tell('not alone', 8)));
    expect(await second.end).toMatchObject({ kind: 'success' });
    expect(said(second.events)).toEqual([]);
    await backend.cancel(id, soon());
    await first.end;
    expect(new Set(said(first.events))).toEqual(new Set(['alone']));
  });

  it('is one line, of no great length, without our key, the address of the server and what steers a screen', async () => {
    const { backend, sandbox } = await openPair({ dialect: 'cloud', ...SLOWLY, namedTexts: true });
    const { host } = new URL(sandbox.url);
    const text = `Price:  $0.04\n\u202e${KEY} at ${host}\u001b[2J\r\n\n${'long '.repeat(100)}`;
    const run = follow(backend, await submit(backend, tell(text)));
    await run.end;
    const [line = ''] = said(run.events);
    expect(line).toMatch(/^Price: \$0\.04 · … at … \[2J · long long/);
    expect(line.length).toBeLessThanOrEqual(160);
  });

  it('is not passed on as fast as it comes', async () => {
    const { backend } = await openPair({ namedTexts: true, stepMs: 0 });
    const run = follow(backend, await submit(backend, tell('quickly', 500)));
    await run.end;
    expect(said(run.events).length).toBeGreaterThan(0);
    expect(said(run.events).length).toBeLessThan(50);
  });
});
