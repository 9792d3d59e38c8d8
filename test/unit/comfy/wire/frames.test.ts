import { describe, expect, it } from 'vitest';
import { graphNode, parseFrame, type Frame } from '../../../../src/comfy/wire/frames.ts';
import { parseNameless } from '../../../../src/comfy/wire/nameless.ts';
import { recordedBytes, recordedFrames } from '../fixtures.ts';

const text = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

function play(name: string): Frame[] {
  return recordedFrames(name).flatMap((data) => parseFrame(data, false) ?? []);
}

function kinds(frames: Frame[]): string[] {
  return frames.flatMap(({ events, ended }) => [
    ...events.map(({ kind }) => kind),
    ...(ended ? ['ended'] : []),
  ]);
}

describe('recorded runs', () => {
  it('tells a plain run from start to end, for its run only', () => {
    const frames = play('success.jsonl');
    expect(new Set(frames.map(({ promptId }) => promptId)).size).toBe(1);
    expect(kinds(frames)).toEqual([
      'started',
      'cached',
      'node',
      'finished',
      'finished',
      'node',
      'finished',
      'finished',
      'ended',
      'ended',
    ]);
  });

  it('tells a fully cached run, which has no node events', () => {
    const frames = play('cached.jsonl');
    expect(frames.flatMap(({ events }) => events).find(({ kind }) => kind === 'cached')).toEqual({
      kind: 'cached',
      nodes: ['1', '2'],
    });
    expect(kinds(frames)).not.toContain('node');
    expect(kinds(frames).at(-1)).toBe('ended');
  });

  it.each(['error.jsonl', 'interrupted.jsonl'])(
    'announces the end of %s without calling it a success',
    (name) => {
      const frames = play(name);
      expect(kinds(frames).filter((kind) => kind === 'ended')).toHaveLength(2);
    },
  );

  it('reports the steps of expanded nodes as the node of the graph', () => {
    const events = play('expanded.jsonl').flatMap((frame) => frame.events);
    const nodes = new Set(events.flatMap((event) => ('node' in event ? [event.node] : [])));
    expect(nodes).toEqual(new Set(['1', '2']));
    expect(events).toContainEqual({ kind: 'step', node: '1', part: '1.0.0.1', value: 2, max: 2 });
    const finished = events.flatMap((event) => (event.kind === 'finished' ? event.nodes : []));
    expect(finished.every((node) => !node.includes('.'))).toBe(true);
  });
});

describe('previews', () => {
  it('shows one that says whose it is', () => {
    const frame = parseFrame(recordedBytes('preview-metadata.bin'), true);
    expect(frame?.promptId).toBe('05258fc9-b553-42a5-a6ba-352d87d9205e');
    const [event] = frame?.events ?? [];
    expect(event).toMatchObject({ kind: 'preview', image: { type: 'image/jpeg', name: 'preview.jpeg' } });
    const bytes = event?.kind === 'preview' ? event.image.bytes : new Uint8Array();
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(bytes).toHaveLength(3877 - 8 - 166);
  });

  it('drops one that does not', () => {
    expect(parseFrame(recordedBytes('preview-legacy.bin'), true)).toBeUndefined();
  });

  it('survives being cut anywhere, and any byte being wrong', () => {
    const whole = recordedBytes('preview-metadata.bin');
    for (let length = 0; length < 200; length += 1)
      expect(() => parseFrame(whole.subarray(0, length), true)).not.toThrow();

    expect(parseFrame(whole.subarray(0, 8 + 166), true)).toBeUndefined();
    for (let at = 0; at < 180; at += 1)
      for (const wrong of [0, 0x7f, 0xff]) {
        const bent = Uint8Array.from(whole);
        bent[at] = wrong;
        expect(() => parseFrame(bent, true)).not.toThrow();
      }
  });
});

describe('frames that mean nothing to us', () => {
  it.each([
    ['status', { type: 'status', data: { status: { exec_info: { queue_remaining: 1 } }, sid: 'x' } }],
    ['the executing after a reconnect, which names no run', { type: 'executing', data: { node: '1' } }],
    ['an unknown event', { type: 'crystools.monitor', data: { prompt_id: 'a', cpu: 3 } }],
    ['an unknown event called like an object key', { type: 'toString', data: { prompt_id: 'a' } }],
    [
      'progress without numbers',
      { type: 'progress', data: { prompt_id: 'a', node: '1', value: 'x', max: 2 } },
    ],
    ['a list', [1, 2]],
    ['null', null],
    ['no data', { type: 'execution_start' }],
    [
      'a prompt id that cannot be measured',
      { type: 'execution_start', data: { prompt_id: { length: { toString: 1, valueOf: 1 } } } },
    ],
    ['an empty prompt id', { type: 'execution_start', data: { prompt_id: '' } }],
  ])('drops %s', (_name, value) => {
    expect(parseFrame(text(value), false)).toBeUndefined();
  });

  it.each([['garbage{'], [''], ['{"type":"exec'], ['\u0000\u0001'], ['['.repeat(100_000)]])(
    'drops text that is no JSON',
    (garbage) => {
      expect(parseFrame(Buffer.from(garbage), false)).toBeUndefined();
    },
  );

  it('takes random bytes, as text and as binary, without a murmur', () => {
    let state = 42;
    const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let round = 0; round < 2_000; round += 1) {
      const bytes = Uint8Array.from({ length: random() % 64 }, () => random() % 256);
      if (round % 2 === 0 && bytes.length > 4) bytes.set([0, 0, 0, 4]);
      expect(() => parseFrame(bytes, round % 3 !== 0)).not.toThrow();
    }
  });
});

it('keeps steps within their bounds and ignores a maximum of nothing', () => {
  const progress = (value: number, max: number) =>
    parseFrame(text({ type: 'progress', data: { prompt_id: 'a', node: 3, value, max } }), false)?.events;
  expect(progress(9, 4)).toEqual([{ kind: 'step', node: '3', part: '3', value: 4, max: 4 }]);
  expect(progress(-1, 4)).toEqual([{ kind: 'step', node: '3', part: '3', value: 0, max: 4 }]);
  expect(progress(0, 0)).toEqual([]);
});

it('leaves subgraph ids alone', () => {
  expect(graphNode('12:3')).toBe('12:3');
  expect(graphNode('12:3.0.0.1')).toBe('12:3');
});

it('reads what a node has left, and an error, however much its node was given', () => {
  const long = 'x'.repeat(1024 * 1024);
  const error = { prompt_id: 'a', node_id: '1', exception_message: 'no', current_inputs: { text: [long] } };
  expect(parseFrame(text({ type: 'execution_error', data: error }), false)?.end).toEqual({
    kind: 'failure',
    error: { node_id: '1', exception_message: 'no' },
  });
  const output = { text: [long] };
  const executed = { type: 'executed', data: { prompt_id: 'a', node: '1', output } };
  expect(parseFrame(text(executed), false)?.executed).toMatchObject({ node: '1', output });
  const states = { type: 'progress_state', data: { prompt_id: 'a', nodes: { [long]: {} } } };
  expect(parseFrame(text(states), false)).toBeUndefined();
  expect(
    parseFrame(text({ ...executed, data: { ...executed.data, output: long.repeat(9) } }), false),
  ).toBeUndefined();
});

it('understands the end of a run whose inputs are no JSON', () => {
  const data = '{"prompt_id": "a", "node_id": "1", "current_inputs": {"scale": [NaN, -Infinity]}}';
  const frame = parseFrame(Buffer.from(`{"type": "execution_error", "data": ${data}}`), false);
  const end = { kind: 'failure', error: { node_id: '1' } };
  expect(frame).toEqual({ promptId: 'a', events: [], ended: true, end });
});

it('drops a preview whose metadata is longer than any', () => {
  const preview = (padding: number): Uint8Array => {
    const meta = text({ prompt_id: 'a', image_type: 'image/png', padding: 'x'.repeat(padding) });
    const head = Buffer.alloc(8);
    head.writeUInt32BE(4);
    head.writeUInt32BE(meta.length, 4);
    return Buffer.concat([head, meta, Buffer.from([0xff, 0xd8, 0xff, 0xe0])]);
  };
  expect(parseFrame(preview(100), true)).toBeDefined();
  expect(parseFrame(preview(300_000), true)).toBeUndefined();
});

describe('a progress_state of thousands of nodes', () => {
  const state = (count: number): Uint8Array => {
    const nodes = Array.from({ length: count }, (_, at) => [
      `${at}`,
      { value: 1, max: 5, state: at % 2 === 0 ? 'running' : 'finished', display_node_id: `${at}` },
    ]);
    return text({ type: 'progress_state', data: { prompt_id: 'a', nodes: Object.fromEntries(nodes) } });
  };

  it('is read as long as it is not too large', () => {
    const events = parseFrame(state(1_000), false)?.events ?? [];
    expect(events[0]).toMatchObject({ kind: 'finished' });
    // the last that began
    expect(events.filter(({ kind }) => kind === 'step')).toHaveLength(8);
    expect(events.at(-1)).toMatchObject({ kind: 'step', node: '998' });
  });

  it('is dropped when it is, without being looked at', () => {
    expect(parseFrame(state(10_000), false)).toBeUndefined();
  });
});

describe('what is said in words', () => {
  const id = '0bb90e19-2725-4df9-b796-d754d0ce069c';
  const string = (value: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(value));
    return Buffer.concat([length, Buffer.from(value)]);
  };
  const event3 = (...parts: Buffer[]) => Buffer.concat([Buffer.of(0, 0, 0, 3), ...parts]);
  const said = (promptId: string, words: string): Frame => ({
    promptId,
    events: [{ kind: 'said', text: words }],
    ended: false,
  });

  it.each([
    ['id', { value: 'Waiting for a machine', id }],
    ['prompt_id', { value: 'Waiting for a machine', prompt_id: id }],
    ['both', { value: 'Waiting for a machine', id: 'notice-3', prompt_id: id }],
  ])('is of the run that a notification names by %s', (_name, data) => {
    expect(parseFrame(text({ type: 'notification', data }), false)).toEqual(
      said(id, 'Waiting for a machine'),
    );
    expect(parseNameless(text({ type: 'notification', data }), false)).toBeUndefined();
  });

  it.each([{}, { id: null }, { id: '' }, { id: 7 }])('is nameless in a notification with %j', (data) => {
    const frame = text({ type: 'notification', data: { value: 'Loading', ...data } });
    expect(parseFrame(frame, false)).toBeUndefined();
    expect(parseNameless(frame, false)).toEqual({ kind: 'said', text: 'Loading' });
  });

  it.each([{ value: '' }, { value: 7 }, {}, null])('is nothing in a notification of %j', (data) => {
    expect(parseNameless(text({ type: 'notification', data }), false)).toBeUndefined();
  });

  it('is read in both forms of a text, with the run and without', () => {
    const named = event3(string(id), string('12:3'), Buffer.from('50% döne'));
    expect(parseFrame(named, true)).toEqual(said(id, '50% döne'));
    expect(parseNameless(named, true)).toBeUndefined();
    const bare = event3(string('2'), Buffer.from('50% done'));
    expect(parseFrame(bare, true)).toBeUndefined();
    expect(parseNameless(bare, true)).toEqual({ kind: 'said', text: '50% done' });
  });

  it('is nothing where a text is cut off, empty or too long', () => {
    const named = event3(string(id), string('12'), Buffer.from('done'));
    for (let length = 0; length <= 4 + 4 + 36 + 4 + 2; length += 1) {
      expect(parseFrame(named.subarray(0, length), true)).toBeUndefined();
      expect(parseNameless(named.subarray(0, length), true)).toBeUndefined();
    }
    expect(parseNameless(event3(string('2'), Buffer.from(' \n')), true)).toBeUndefined();
    expect(parseNameless(event3(string('2'), Buffer.alloc(300_000, 'x')), true)).toBeUndefined();
  });
});

describe('previews that name no run', () => {
  it('are read by their bytes, whatever is said of these', () => {
    const recorded = Buffer.from(recordedBytes('preview-legacy.bin'));
    expect(parseNameless(recorded, true)).toMatchObject({
      kind: 'preview',
      image: { type: 'image/jpeg', name: 'preview.jpeg' },
    });
    recorded.writeUInt32BE(2, 4);
    expect(parseNameless(recorded, true)).toMatchObject({ image: { type: 'image/jpeg' } });
    expect(
      parseNameless(Buffer.concat([recorded.subarray(0, 8), Buffer.from('no picture')]), true),
    ).toBeUndefined();
    expect(parseNameless(recorded.subarray(0, 8), true)).toBeUndefined();
  });
});
