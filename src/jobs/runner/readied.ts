/**
 * A job's graph as the backend gets it: with the names of its uploaded files, without anybody else's files, and saving
 * into its guild's folder. The last gate before a backend that strangers share.
 */
import { createHash } from 'node:crypto';
import { EaselError } from '../../core/errors.ts';
import type { StoredFile } from '../../core/files.ts';
import { bytesOf } from '../../core/multipart.ts';
import { runIdOf } from '../../core/rerun.ts';
import { sendingAnew } from '../../core/socket-outputs.ts';
import { changed, type InputPath, type Workflow } from '../../core/workflow.ts';
import { withFile } from '../../templates/fill.ts';
import { foreignIn } from '../../templates/foreign-files.ts';
import { installedNames } from '../../templates/models/installed-names.ts';
import { fileProblems } from '../../templates/slots/index.ts';
import { runningAnew } from './anew.ts';
import { asking } from './asking.ts';
import { FOLDER } from './guild-files.ts';
import { inputKey } from '../job-files.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { intoFolder } from './output-folder.ts';
import { withFitting } from './fitting.ts';
import { uploadedName } from './uploaded-name.ts';

/** `onStep` is told what is done just now. Throws EaselError: why it may not, `foreign-file`, `image-unreachable`, and what an upload does. */
export async function readied(
  live: LiveJob,
  deps: JobDeps,
  signal: AbortSignal,
  onStep: (step: 'preparing' | 'submitting') => void,
): Promise<Workflow> {
  const { job } = live;
  const { backend, store, files, guildFiles, timing, whyNot } = deps;
  const { guild, mayName, rerun } = job;
  const problem = await whyNot?.(job);
  if (problem) throw new EaselError(problem);
  const nodes = backend.knownNodes();
  const { workflow: asked, images } = await store.graphOf(job);
  // the backend's names for files that its list has under another slash, in another case or folder
  const { changes, standIns } = installedNames(asked, nodes);
  const graph = changed(asked, changes);
  if (standIns.length > 0) job.standIns = standIns;
  else delete job.standIns;
  if (mayName) {
    const attachedInputs = images.flatMap(({ into }) => into);
    const isAllowed = (name: string) => mayName.includes(name) || guildFiles.isOwn(guild, name);
    const [foreign] = foreignIn(graph, nodes, attachedInputs, isAllowed);
    if (foreign) throw new EaselError(foreign);
  }
  let workflow = graph;
  for (const image of images) {
    onStep('preparing');
    const file = await files.get(inputKey(job.id, image.slot));
    if (!file) throw new EaselError(fileProblems(image.type).unreachable(image.slot, image.slot));
    const folder = image.into.every((path) => readsFolders(graph, path)) ? FOLDER : undefined;
    const uploaded = await withFitting(live, deps, { image, file, signal }, async (fitting) => {
      const name = guildFiles.nameOf(guild, await digestOf(fitting), fitting.name);
      const named = { ...fitting, name: folder === undefined ? `${FOLDER}-${name}` : name };
      onStep('submitting');
      return asking(deps, timing.callMs, (until) => backend.upload(named, until, folder), signal);
    });
    const classes = () => asking(deps, timing.callMs, (until) => backend.nodes(until, 0), signal);
    const name = await uploadedName(uploaded, { ...image, workflow, folder }, classes);
    workflow = withFile(workflow, image, name);
  }
  const { id = '', gone } = rerun ?? {};
  const inGuild = intoFolder(workflow, guildFiles.folderOf(guild), nodes);
  return sendingAnew(runningAnew(inGuild, gone?.nodes ?? [], id, nodes), runIdOf(job));
}

/** SHA-256. Rejects where the file is gone. */
async function digestOf(file: StoredFile): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of bytesOf(file)) hash.update(piece);
  return hash.digest('hex');
}

/** Their own check is whether the file is there; others take only what they list, and they list no folders. */
const READS_FOLDERS: readonly string[] = ['LoadImage', 'LoadImageMask'];

function readsFolders(workflow: Workflow, [id]: InputPath): boolean {
  return READS_FOLDERS.includes(workflow[id]?.class_type ?? '');
}
