import { expect, it } from 'vitest';
import type { Frame } from '../../../../src/comfy/wire/frames.ts';
import { createRouter, type Listener } from '../../../../src/comfy/runs/router.ts';

const frame = (promptId: string, node: string): Frame => ({
  promptId,
  events: [{ kind: 'node', node }],
  ended: false,
});

function listener() {
  const heard: string[] = [];
  let nudges = 0;
  const one: Listener = {
    onFrame: ({ events }) => heard.push(...events.map((event) => ('node' in event ? event.node : ''))),
    onNudge: () => {
      nudges += 1;
    },
  };
  return { one, heard, nudges: () => nudges };
}

it('brings a frame to whoever follows that run, and to nobody else', () => {
  const router = createRouter();
  const mine = listener();
  const yours = listener();
  router.listen('mine', mine.one);
  const stop = router.listen('yours', yours.one);
  router.deliver(frame('mine', '1'));
  router.deliver(frame('stranger', '2'));
  stop();
  router.deliver(frame('yours', '3'));
  expect(mine.heard).toEqual(['1']);
  expect(yours.heard).toEqual([]);
});

it('keeps the frames that overtake the answer to the submit, in order', () => {
  const router = createRouter();
  router.expect('own');
  const release = router.hold();
  router.deliver(frame('own', '1'));
  router.deliver(frame('chosen-by-the-backend', '2'));
  router.deliver(frame('stranger', '3'));
  router.expect('chosen-by-the-backend');
  release();
  for (const [id, node] of [
    ['own', '1'],
    ['chosen-by-the-backend', '2'],
    ['stranger', undefined],
  ] as const) {
    const late = listener();
    router.listen(id, late.one);
    expect(late.heard).toEqual(node === undefined ? [] : [node]);
  }
});

it('keeps no previews', () => {
  const router = createRouter();
  const image = { name: 'a.png', type: 'image/png', bytes: new Uint8Array() };
  router.expect('own');
  router.deliver({ promptId: 'own', events: [{ kind: 'preview', image }], ended: false });
  router.deliver(frame('own', '1'));
  const late = listener();
  router.listen('own', late.one);
  expect(late.heard).toEqual(['1']);
});

it('keeps pictures that are results, up to a number of bytes', () => {
  const router = createRouter();
  router.expect('own');
  const bytes = new Uint8Array(20 * 1024 * 1024);
  const image = { name: 'a.png', type: 'image/png', bytes };
  const event = { kind: 'preview', image, node: '9' } as const;
  for (let count = 0; count < 5; count += 1)
    router.deliver({ promptId: 'own', events: [event], ended: false }, true);
  const late = listener();
  router.listen('own', late.one);
  expect(late.heard).toEqual(['9', '9', '9']);
});

it('keeps of frames that name thousands of nodes only a few, and says that some are missing', () => {
  const router = createRouter();
  router.expect('own');
  const nodes = Array.from({ length: 1_000 }, (_, at) => `${at}`);
  for (let count = 0; count < 200; count += 1)
    router.deliver({ promptId: 'own', events: [{ kind: 'finished', nodes }], ended: false });
  let heard = 0;
  const onFrame = (): void => {
    heard += 1;
  };
  const gaps: boolean[] = [];
  router.listen('own', { onFrame, onNudge: (gap) => gaps.push(gap) });
  expect(heard).toBe(5);
  expect(gaps).toEqual([true]);
  router.expect('another');
  router.deliver(frame('another', '1'));
  router.listen('another', { onFrame, onNudge: (gap) => gaps.push(gap) });
  expect(gaps).toEqual([true]);
});

it('forgets frames that nobody asks for', () => {
  const router = createRouter();
  for (let run = 0; run < 1_000; run += 1) router.expect(`run ${run}`);
  router.deliver(frame('run 1', '1'));
  const late = listener();
  router.listen('run 1', late.one);
  expect(late.heard).toEqual([]);
});

it('nudges one follower or all', () => {
  const router = createRouter();
  const a = listener();
  const b = listener();
  router.listen('a', a.one);
  router.listen('b', b.one);
  router.nudge('a');
  router.nudge();
  router.nudge('nobody');
  expect([a.nudges(), b.nudges()]).toEqual([2, 1]);
});
