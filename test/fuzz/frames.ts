/** The socket's frames: recorded ones, bent, through the parser, the router and the progress reducer. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseFrame } from '../../src/comfy/wire/frames.ts';
import { parseNameless } from '../../src/comfy/wire/nameless.ts';
import { createStepCount } from '../../src/comfy/runs/step-count.ts';
import { createRouter } from '../../src/comfy/runs/router.ts';
import { advance, NO_PROGRESS } from '../../src/core/progress.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import type { Border } from './harness.ts';
import { bend, bendBytes, written } from './mutate.ts';

const FOLDER = new URL('../fixtures/comfy-frames/', import.meta.url);
const node = (inputs: Workflow[string]['inputs'] = {}) => ({ class_type: 'KSampler', inputs });
const WORKFLOW: Workflow = { '1': node(), '2': node({ samples: ['1', 0], steps: 20 }), '9': node() };

export const frames: Border = {
  name: 'frames',
  async open() {
    const files = readdirSync(FOLDER).map((name) => ({ name, bytes: readFileSync(new URL(name, FOLDER)) }));
    const texts = files
      .filter(({ name }) => name.endsWith('.jsonl'))
      .flatMap(({ bytes }) => bytes.toString().trim().split('\n'));
    const previews = files.filter(({ name }) => name.endsWith('.bin')).map(({ bytes }) => bytes);
    const router = createRouter();
    const count = createStepCount();
    let progress = NO_PROGRESS;
    router.hold();
    return {
      feed({ random, show }) {
        const text = random.pick(texts);
        const kind = random.below(4);
        const bytes =
          kind === 0
            ? bendBytes(random, random.pick(previews))
            : kind === 1
              ? bendBytes(random, Buffer.from(text))
              : Buffer.from(written(bend(random, JSON.parse(text))));
        show(bytes);
        const isBinary = random.below(20) === 0 ? kind !== 0 : kind === 0;
        const frame = parseFrame(bytes, isBinary);
        const nameless = parseNameless(bytes, isBinary);
        if (frame && nameless) throw new TypeError('a frame that names its run and does not');
        if (!frame) return 'refused';
        if (frame.promptId === '') throw new TypeError('a frame of no run');
        for (const event of frame.events) {
          const before = progress.fraction;
          const told = event.kind === 'step' ? count(event) : event;
          if (!told) continue;
          progress = random.below(50) === 0 ? NO_PROGRESS : advance(WORKFLOW, progress, told);
          const { fraction } = progress;
          if (!(fraction >= 0 && fraction <= 1)) throw new RangeError(`a progress of ${fraction}`);
          if (fraction < before && progress !== NO_PROGRESS) throw new RangeError('it goes backwards');
          if (event.kind === 'preview' && event.image.bytes.length === 0) throw new TypeError('no picture');
        }
        router.deliver(frame);
        if (random.below(10) === 0)
          router.listen(frame.promptId, { onFrame: () => undefined, onNudge: () => undefined })();
        return 'accepted';
      },
    };
  },
};
