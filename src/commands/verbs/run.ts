/** From a template and what a person gave to a queued job. */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { EndedJob, Job, Shrunk } from '../../core/job.ts';
import type { Json } from '../../core/json.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { PictureJudge } from '../../core/pictures.ts';
import type { MediaFile, Output } from '../../core/run.ts';
import type { SlotValues, Template } from '../../core/template.ts';
import { within } from '../../core/time.ts';
import { blockedWord } from '../../guilds/policy.ts';
import type { JobRequest, NotedJob } from '../../jobs/intake/intake.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { fill, literalTexts, slotTexts } from '../../templates/fill.ts';
import { foreignIn } from '../../templates/foreign-files.ts';
import { mainTextSlot } from '../../templates/slots/index.ts';
import { randomSeed, readValues, type RawValues } from '../../templates/values.ts';
import { attachedTo, loadAttached, type Attached } from './attached.ts';

/** A request whose values are right; what is left is to fetch its files and to queue it. */
export interface PreparedRun {
  caller: Caller;
  template: Template;
  values: SlotValues;
  /** As `Job.taken`. */
  taken?: string[] | undefined;
  attachments: Attached[];
  /** As `Job.mayName`. */
  mayName: string[];
  /** As `Job.trial`. */
  trial?: boolean | undefined;
  draft?: string | undefined;
  /** Told when no job comes of it. Must not throw. */
  unmade?: (() => void) | undefined;
}

/** What an earlier job has made, to be posted whole. */
export interface PreparedPost {
  caller: Caller;
  of: EndedJob;
  outputs: Output[];
  unmade?: undefined;
}

export type Prepared = PreparedRun | PreparedPost;

/** For downloading what was attached, in ms. */
const ATTACHED_DEADLINE_MS = 30_000;

export interface Circumstances {
  jobs: JobManager;
  blockedWords?: readonly string[] | undefined;
  /** Words that no text in the graph may have: the operator's, where the template is a guild's own. */
  wordsInside?: readonly string[] | undefined;
  /** What the backend takes, as far as it is known. */
  nodes: NodeClasses | undefined;
  /** Files on the backend that the template may name, besides what its guild has sent. */
  mayName: string[];
}

/** Checks values, attachments' stated sizes, files that are named and the waiting caps. Throws EaselError. */
export function prepareJob(
  caller: Caller,
  template: Template,
  raw: RawValues,
  { jobs, blockedWords = [], wordsInside = [], nodes, mayName }: Circumstances,
): PreparedRun {
  const values = readValues(template, raw, randomSeed);
  if (blockedWords.length > 0)
    for (const [slot, text] of slotTexts(template, values))
      if (blockedWord(text, blockedWords) !== undefined) throw new EaselError({ code: 'blocked-word', slot });
  const attachments: PreparedRun['attachments'] = [];
  for (const [slot, value] of Object.entries(raw)) {
    const to = template.slots[slot];
    const attached = to && typeof value === 'object' ? attachedTo(slot, to, value) : undefined;
    if (attached) attachments.push(attached);
  }
  const { workflow, images } = fill(template, values);
  if (wordsInside.length > 0)
    for (const [slot, text] of literalTexts(workflow, nodes))
      if (blockedWord(text, wordsInside) !== undefined) throw new EaselError({ code: 'blocked-word', slot });
  const written = images.flatMap(({ into }) => into);
  const isAllowed = (name: string) => mayName.includes(name) || jobs.guildFiles.isOwn(caller.guild, name);
  const [foreign] = foreignIn(workflow, nodes, written, isAllowed);
  if (foreign) throw new EaselError(foreign);
  jobs.admit(caller);
  return { caller, template, values, attachments, mayName };
}

/** Where jobs go, and who judges the pictures that come with them. */
export interface StartDeps {
  jobs: JobManager;
  pictures: PictureJudge;
}

/** Fetches what was attached and queues the job; `reply` is where its reply is. Rejects with EaselError, and with what `last` throws. */
export async function startJob(
  prepared: Prepared,
  reply: Json,
  signal: AbortSignal,
  { jobs, pictures }: StartDeps,
  last: (request: JobRequest) => void | Promise<void> = () => undefined,
): Promise<Job> {
  return orUnmade(prepared, async () => {
    const request = await requestOf(prepared, reply, signal, pictures);
    await last(request);
    return jobs.submit(request);
  });
}

async function orUnmade<T>({ unmade }: Prepared, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    unmade?.();
    throw error;
  }
}

/** Fetches what was attached and writes the job down, before anybody is told; `reply` as far as it is known. Rejects with EaselError. */
export async function noteJob(
  prepared: Prepared,
  reply: Json,
  signal: AbortSignal,
  { jobs, pictures }: StartDeps,
  last: (request: JobRequest) => void | Promise<void> = () => undefined,
): Promise<NotedJob> {
  const noted = await orUnmade(prepared, async () => {
    const request = await requestOf(prepared, reply, signal, pictures);
    await last(request);
    return jobs.note(request);
  });
  return {
    ...noted,
    accept: (address) => orUnmade(prepared, () => noted.accept(address)),
    drop() {
      prepared.unmade?.();
      return noted.drop();
    },
  };
}

export async function requestOf(
  prepared: Prepared,
  reply: Json,
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<JobRequest> {
  if ('outputs' in prepared) return postOf(prepared, reply);
  const { caller, template, values, taken = [], attachments, mayName, trial, draft } = prepared;
  const { name, version, variant } = template;
  const loading = (limited: AbortSignal) => loadAll(attachments, limited, pictures);
  const { files, shrunk } = await within(ATTACHED_DEADLINE_MS, loading, signal).catch((error: unknown) => {
    throw signal.aborted ? new EaselError({ code: 'shutting-down' }, { cause: error }) : error;
  });
  const { changes, images, inputs } = fill(template, values);
  return {
    caller,
    template: { name, version, ...(variant !== undefined && { variant }) },
    values,
    ...(taken.length > 0 && { taken }),
    mainSlot: mainTextSlot(template),
    graph: template.workflow,
    changes,
    images,
    inputs,
    files,
    ...(shrunk.length > 0 && { shrunk }),
    mayName,
    outputNodes: template.outputs,
    runLimitMinutes: template.runLimitMinutes,
    ...(trial && { trial, draft }),
    reply,
  };
}

function postOf({ caller, of, outputs }: PreparedPost, reply: Json): JobRequest {
  const { template, values } = of;
  return { caller, template, values, graph: {}, changes: [], images: [], files: {}, outputs, reply };
}

async function loadAll(
  attachments: PreparedRun['attachments'],
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<{ files: Record<string, MediaFile>; shrunk: Shrunk[] }> {
  const files: Record<string, MediaFile> = {};
  const shrunk: Shrunk[] = [];
  for (const attached of attachments) {
    const { shrunk: smaller, ...file } = await loadAttached(attached, signal, pictures);
    files[attached.slot] = file;
    if (smaller) shrunk.push(smaller);
  }
  return { files, shrunk };
}
