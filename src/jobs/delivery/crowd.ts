/**
 * A run that made more files than a chat has patience for: its first ones, a contact sheet of all pictures and one archive
 * of everything. Whoever wants each of them posted asks for that.
 */
import type { Delivery } from '../../core/audience.ts';
import type { FileKey, StoredFile } from '../../core/files.ts';
import { goesPlain } from '../../core/job.ts';
import { isCrowd } from './crowd-size.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { madeOnce } from './made-files.ts';

const FIRST = 10;

/** Rejects when the process is stopping. */
export async function summedUp(live: LiveJob, delivery: Delivery, deps: JobDeps): Promise<Delivery> {
  const { job } = live;
  const { audience, heavy, workshop, kill, log } = deps;
  const { files } = delivery;
  if (!isCrowd(files.length) || job.all === true || audience.takesAll(job.platform)) return delivery;

  /** Undefined: the words say how many there are, and each can be asked for. */
  async function made(
    name: string,
    make: (folder: string) => Promise<StoredFile | undefined>,
  ): Promise<StoredFile | undefined> {
    const key: FileKey = { shelf: 'outbox', owner: job.id, name };
    try {
      return await heavy.run(live, () => madeOnce(workshop, key, make));
    } catch (error) {
      kill.throwIfAborted();
      log.warn({ ...live.facts(), name, err: error }, 'many files could not be made one');
      return undefined;
    }
  }

  const pictures = files.filter(({ type }) => type.startsWith('image/'));
  const { maker } = workshop;
  const sheet = async (folder: string) => {
    const answer = await maker.sheet(pictures, { folder, signal: kill });
    if ('file' in answer) return answer.file;
    log.warn({ ...live.facts(), ...answer }, 'no contact sheet');
    return undefined;
  };
  const name = `${job.template.name}-${files.length}.zip`;
  const archive = (folder: string) => maker.archive(files, { folder, name, signal: kill });
  const both = goesPlain(job)
    ? []
    : [pictures.length > 0 ? await made('sheet', sheet) : undefined, await made('archive', archive)];
  const shown = files.slice(0, FIRST);
  return {
    ...delivery,
    files: [...shown, ...both.filter((file) => file !== undefined)],
    crowd: { shown: shown.length, of: files.length },
  };
}
