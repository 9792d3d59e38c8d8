/** Of what kind a preview is, its bytes say: metadata leaves it out at times, or is wrong. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { follow } from '../../../contract/backend.ts';
import { soon } from '../backends.ts';
import { openPair, steps } from '../sandboxes.ts';

describe('the type of a preview', () => {
  it.each([null, 'image/x-unheard-of', 'text/html', '../../etc', ''])(
    'is what its bytes say, where its metadata says %j',
    async (imageType) => {
      const { backend, sandbox } = await openPair({ stepMs: 20 });
      sandbox.faults.socket.imageType = imageType;
      const { promptId } = await backend.submit({ promptId: randomUUID(), workflow: steps(3, 1) }, soon());
      const run = follow(backend, promptId);
      await run.end;
      const previews = run.events.flatMap((event) => (event.kind === 'preview' ? [event.image] : []));
      expect(previews).toHaveLength(3);
      for (const { name, type } of previews)
        expect({ name, type }).toEqual({ name: 'preview.jpeg', type: 'image/jpeg' });
    },
  );
});
