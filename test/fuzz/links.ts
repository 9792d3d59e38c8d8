/** What can be sent to the route of links: addresses bent at any place, ranges and conditions, names that go into a header. */
import { validateHeaderValue } from 'node:http';
import { answerTo, attachment, type FileAnswer } from '../../src/core/served-file.ts';
import { createAddresses } from '../../src/links/addresses.ts';
import type { Random } from '../fakes/random.ts';
import type { Border, Outcome } from './harness.ts';
import { bendText } from './mutate.ts';

const SECRET = Buffer.alloc(32, 7);
const UNTIL = 1_796_342_400;
const SIZES = [0, 1, 10, 65_536, 5_000_000_000];
const HEADERS = ['bytes=0-3', 'bytes=-5', 'bytes=7-', 'bytes=0-0,4-5', '"tag"', 'W/"tag", "x"', ''];

export const links: Border = {
  name: 'links',
  async open() {
    const addresses = createAddresses(SECRET, '/bot');
    const owners = ['a', 'b'].map((job) => addresses.ownerOf({ guild: 'guild', job, name: 'output-0' }));
    const paths = owners.map((owner) => addresses.pathOf(owner, UNTIL, 'fox clip.mp4'));
    /** What is signed, whatever stands around it. */
    const signed = paths.map((path) => path.split('/')[2] ?? '');
    return {
      feed({ random, show }): Outcome {
        const target = bent(random, `${random.pick(['', '/bot'])}${random.pick(paths)}`);
        const headers = [0, 1, 2].map(() => bent(random, random.pick(HEADERS)));
        const name = bent(random, random.pick(['fox clip.mp4', '狐.png', '../a']));
        show({ target, headers, name });
        validateHeaderValue('content-disposition', attachment(name));
        const [range, ifRange, ifNoneMatch] = headers;
        const size = random.pick(SIZES);
        const method = random.pick(['GET', 'HEAD']);
        requireWithin(answerTo({ method, range, ifRange, ifNoneMatch }, size, '"tag"'), size);
        const found = addresses.read(target);
        if (!found) return 'refused';
        if (!owners.includes(found.owner) || found.until !== UNTIL) throw new Error('it is none of ours');
        if (!signed.some((one) => target.includes(`/files/${one}/`))) throw new Error('it was not signed so');
        return 'accepted';
      },
    };
  },
};

/** As it is now and then. */
function bent(random: Random, text: string): string {
  return random.below(4) === 0 ? text : bendText(random, text);
}

/** Throws where more or other bytes would follow than there are, or than are announced. */
function requireWithin({ status, part, headers }: FileAnswer, size: number): void {
  for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
  if (!part) return;
  const { start, end } = part;
  if (start < 0 || end < start || end >= size) throw new Error(`${start}-${end} of ${size}`);
  if (headers['content-length'] !== String(end - start + 1)) throw new Error('another length');
  const told = status === 206 ? `bytes ${start}-${end}/${size}` : undefined;
  if (headers['content-range'] !== told) throw new Error('another range');
}
