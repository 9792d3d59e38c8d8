/** Whatever bytes a server sends as a frame: understood or dropped, and no preview that says not whose it is. */
// oxlint-disable vitest/no-conditional-expect -- what is expected depends on what was generated
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrame } from '../../../../src/comfy/wire/frames.ts';
import { recordedBytes, recordedFrames } from '../fixtures.ts';

const RECORDED = ['success', 'cached', 'error', 'interrupted', 'expanded'].flatMap((name) =>
  recordedFrames(`${name}.jsonl`),
);
const PREVIEWS = [recordedBytes('preview-metadata.bin'), recordedBytes('preview-legacy.bin')];
const RUNS = { seed: 20261122, numRuns: 200 };

/** Parses it as what it is and as what it is not; what comes of it names its run, and stands on its own. */
function take(bytes: Uint8Array): void {
  for (const isBinary of [true, false]) {
    const frame = parseFrame(bytes, isBinary);
    if (!frame) continue;
    expect(frame.promptId).not.toBe('');
    for (const event of frame.events) {
      if (event.kind === 'preview') {
        expect(event.image.bytes.length).toBeGreaterThan(0);
        expect(event.image.bytes.length).toBeLessThan(bytes.length);
        // the id stands in the frame itself, before the picture
        const head = Buffer.from(bytes.subarray(8, bytes.length - event.image.bytes.length)).toString();
        expect((JSON.parse(head) as { prompt_id: string }).prompt_id).toBe(frame.promptId);
      }
      if (event.kind === 'step') {
        expect(event.max).toBeGreaterThan(0);
        expect(event.value).toBeGreaterThanOrEqual(0);
        expect(event.value).toBeLessThanOrEqual(event.max);
      }
    }
  }
}

describe('a frame', () => {
  it('may be any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), take), RUNS);
  });

  it('may be any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => take(Buffer.from(json))),
      RUNS,
    );
  });

  it('may be of a known type with any data', () => {
    const type = fc.constantFrom(
      'execution_start',
      'execution_cached',
      'executing',
      'progress',
      'progress_state',
      'executed',
      'execution_success',
      'execution_error',
    );
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('', 0, -1, 1e308, null, '1.0.0.1', '__proto__'));
    const state = fc.record({ value: odd, max: odd, state: odd, display_node_id: odd });
    const data = fc.record(
      {
        prompt_id: fc.oneof(fc.string(), odd),
        node: odd,
        display_node: odd,
        value: fc.oneof(fc.double(), odd),
        max: fc.oneof(fc.double(), odd),
        nodes: fc.oneof(fc.dictionary(fc.string(), state), fc.array(odd)),
      },
      { requiredKeys: [] },
    );
    const frame = fc.record({ type, data });
    fc.assert(
      fc.property(frame, (value) => take(Buffer.from(JSON.stringify(value)))),
      RUNS,
    );
  });

  it('may be a recorded one, cut off anywhere or with wrong bytes', () => {
    const recorded = fc.constantFrom(...RECORDED, ...PREVIEWS);
    const wrong = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 });
    const property = fc.property(
      recorded,
      fc.double({ min: 0, max: 1, noNaN: true }),
      wrong,
      (whole, part, bytes) => {
        const bent = Uint8Array.from(whole);
        // most of what matters of a preview stands before its picture
        for (const [at, byte] of bytes) bent[at % Math.min(bent.length, 200)] = byte;
        take(bent.subarray(0, Math.ceil(bent.length * part)));
        take(bent);
      },
    );
    fc.assert(property, RUNS);
  });

  it('shows a picture only with a run to show it for, and only a picture', () => {
    const picture = fc
      .tuple(fc.constantFrom('ffd8ff', '89504e470d0a1a0a', '47494638', ''), fc.uint8Array())
      .map(([begins, rest]) => Buffer.concat([Buffer.from(begins, 'hex'), rest]));
    const meta = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          prompt_id: fc.oneof(fc.string(), fc.jsonValue()),
          image_type: fc.oneof(fc.string(), fc.constantFrom('image/png', 'text/html')),
        },
        { requiredKeys: [] },
      ),
    );
    const property = fc.property(meta, fc.constantFrom(1, 2, 3, 4), picture, (value, event, image) => {
      const json = Buffer.from(JSON.stringify(value));
      const head = Buffer.alloc(8);
      head.writeUInt32BE(event, 0);
      head.writeUInt32BE(json.length, 4);
      const frame = parseFrame(Buffer.concat([head, json, image]), true);
      const said = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
      const { prompt_id: run } = said;
      const isPicture = /^(?:ffd8ff|89504e470d0a1a0a|47494638)/.test(image.toString('hex'));
      expect(frame !== undefined).toBe(event === 4 && typeof run === 'string' && run !== '' && isPicture);
      if (frame) expect(frame.promptId).toBe(run);
    });
    fc.assert(property, RUNS);
  });
});
