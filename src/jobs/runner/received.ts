/**
 * What a run sends over the socket and saves nowhere: each picture goes onto the disk as it comes, then into the record, so
 * that a restart between here and the reply loses none. How many there should be is known only for some nodes.
 */
import { isDiskFull } from '../../core/disk.ts';
import type { Received } from '../../core/job.ts';
import type { MediaFile, RunEvent } from '../../core/run.ts';
import { socketClass, socketOutputs } from '../../core/socket-outputs.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import { sentKey } from '../job-files.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';

export interface Receiver {
  /** True: it was a result, and nothing to be shown. */
  take(event: RunEvent): boolean;
  /** Resolves when all that came is written down. Never rejects. */
  settled(): Promise<void>;
}

/** Of one run. */
const MAX_PICTURES = 250;
const MAX_BYTES = 1024 * 1024 * 1024;
/** On their way to the disk. */
const MAX_PENDING_BYTES = 128 * 1024 * 1024;

export function createReceiver(
  live: LiveJob,
  { files, log }: Pick<JobDeps, 'files' | 'log'>,
  graph: Workflow,
): Receiver {
  const { job } = live;
  const nodes = socketOutputs(graph);
  let writing = Promise.resolve();
  const pending = { files: 0, bytes: 0 };

  function of(node: NodeId): Received {
    const all = (job.received ??= []);
    const known = all.find((one) => one.node === node);
    if (known) return known;
    const added: Received = { node, files: [], bytes: 0, next: 0 };
    all.push(added);
    return added;
  }

  function takePicture(node: NodeId, { bytes }: MediaFile): void {
    const entry = of(node);
    const type = wholePicture(bytes);
    // a node that had sent all of them is made anew beside one that had not
    if (type === undefined || entry.all === true) return;
    const taken = (job.received ?? []).reduce(
      (sum, one) => ({ files: sum.files + one.files.length, bytes: sum.bytes + one.bytes }),
      pending,
    );
    if (taken.files >= MAX_PICTURES || taken.bytes + bytes.length > MAX_BYTES) {
      entry.lack = 'limit';
      return;
    }
    if (pending.bytes + bytes.length > MAX_PENDING_BYTES) return;
    pending.files += 1;
    pending.bytes += bytes.length;
    writing = writing.then(() => write(entry, type, bytes));
  }

  async function write(entry: Received, type: string, bytes: Uint8Array): Promise<void> {
    const { node, next: index } = entry;
    const kept = `sent-${nodes.indexOf(node)}-${index}`;
    const filename = `picture-${index + 1}.${type === 'image/png' ? 'png' : 'jpg'}`;
    const done = (): void => {
      pending.files -= 1;
      pending.bytes -= bytes.length;
    };
    try {
      await files.put(sentKey(job.id, kept), { name: filename, type }, [bytes]).finally(done);
    } catch (error) {
      if (isDiskFull(error)) entry.lack = 'disk';
      log.error({ ...live.facts(), node, err: error }, 'a picture that came over the socket was not kept');
      return;
    }
    entry.files[index] = { node, kind: 'image', filename, subfolder: '', type: 'output', kept };
    entry.next += 1;
    entry.bytes += bytes.length;
    await live.trySave();
  }

  return {
    take(event) {
      if (!('node' in event) || event.node === undefined || !nodes.includes(event.node)) return false;
      if (event.kind === 'step' && socketClass(graph[event.node]?.class_type ?? '')?.counted)
        of(event.node).expected = event.max;
      if (event.kind !== 'preview') return false;
      takePicture(event.node, event.image);
      return true;
    },
    settled: () => writing,
  };
}

/** Its media type; undefined: it is none that is sent so, or was cut off. */
function wholePicture(bytes: Uint8Array): string | undefined {
  const has = (at: number, ...wanted: number[]) => wanted.every((byte, each) => bytes.at(at + each) === byte);
  // the last chunk of a PNG is an empty IEND, eight bytes before the end
  if (has(0, 0x89, 0x50, 0x4e, 0x47)) return has(-8, 0x49, 0x45, 0x4e, 0x44) ? 'image/png' : undefined;
  if (has(0, 0xff, 0xd8, 0xff)) return has(-2, 0xff, 0xd9) ? 'image/jpeg' : undefined;
  return undefined;
}
