/**
 * The template editor without a face: an admin's file becomes a draft, the draft is changed, tried and published.
 * A draft lives in the store, so an editor goes on working after a restart. Every call checks who asks, and where.
 */
import type { Caller } from '../../core/caller.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { Log } from '../../core/log.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Slot } from '../../core/template.ts';
import { within, type Clock } from '../../core/time.ts';
import { inputAt, nodeTitle, pathKey, type InputPath, type Workflow } from '../../core/workflow.ts';
import { requireOpen } from '../../guilds/operator-policy.ts';
import { requireAdmin, requireWelcome } from '../../guilds/policy.ts';
import type { OperatorRules } from '../../guilds/rules-schema.ts';
import type { GuildStore } from '../../guilds/store.ts';

import type { JobManager } from '../../jobs/manager.ts';
import { keyOf, partnerNodes, requireSound } from '../../templates/check.ts';
import { choicesNow } from '../../templates/choices.ts';
import { usualVariant } from '../../templates/models/settle.ts';
import { detect, inWords, slotCandidates } from '../../templates/detect/index.ts';
import {
  applyEdit,
  contentsOf,
  documentsOf,
  parseDocuments,
  templateOf,
  workflowOf,
  type Edit,
} from '../../templates/draft.ts';
import { namesIn } from '../../templates/foreign-files.ts';
import { cleanName } from '../../templates/names.ts';
import { newest } from '../../templates/library/index.ts';
import type { Draft } from '../../templates/library/records.ts';
import { inputsOf } from '../../templates/slots/index.ts';
import type { TemplateStore } from '../../templates/library/store.ts';
import type { Attachment } from '../../templates/values.ts';
import { createWorkflowMemory } from '../../templates/files/workflow-memory.ts';
import { detectedWords } from './detected-words.ts';
import { outputNodes, shownValue, type OutputNode } from './draft-facts.ts';
import { createFindings, type FindingOptions } from './draft-findings.ts';
import { loadTemplate, loadWorkflow } from './files.ts';
import type { Offers } from '../offers.ts';
import { prepareJob, type PreparedRun } from './run.ts';
import { settledTrial } from './settled-trial.ts';

/** What an editor shows. Every string is plain text. */
export interface EditorView {
  draft: Draft;
  /** The draft's, parsed. */
  workflow: Workflow;
  /** `choices`: what can be picked; where the backend decides that, what it has now. */
  slots: { name: string; slot: Slot; into: { node: string; input: string }[]; choices: string[] }[];
  /** What blocks comes first. */
  findings: Finding[];
  publishable: boolean;
  /** It can be tested: also after a test run that left nothing to post. */
  testable: boolean;
  /** Nodes whose outputs may be posted, and whether they are. */
  outputs: OutputNode[];
}

/** An input that a new slot may fill. */
export interface Candidate {
  path: InputPath;
  node: string;
  /** What stands there. */
  value: string;
}

export interface Published {
  name: string;
  version: number;
  /** It is published, but the platform did not take the command. */
  problem: Problem | undefined;
}

export interface TemplateEditor {
  /**
   * A draft from a workflow in API format or a PNG that ComfyUI saved, with suggested slots; with `settings` (a
   * `template.json`) those instead. `name`: of the command, else from the file's name. Throws EaselError.
   */
  add(
    caller: Caller,
    file: Attachment,
    more: { name?: string | undefined; settings?: Attachment | undefined },
    signal: AbortSignal,
  ): Promise<EditorView>;
  /** A draft of a published template's newest version, or of a built-in one to override it here. */
  edit(caller: Caller, name: string): Promise<EditorView>;
  /** A draft that was begun before. Throws EaselError `no-such-draft`. */
  open(caller: Caller, draft: string): Promise<EditorView>;
  /** Throws EaselError naming slot and field; the draft is then as it was. */
  change(caller: Caller, draft: string, edit: Edit): Promise<EditorView>;
  /** Inputs that no slot fills yet, those before the outputs first. */
  candidates(caller: Caller, draft: string): Promise<Candidate[]>;
  /**
   * A run with its defaults, ready to be begun; `runner`: who reads its reply, if that is in another guild than the draft.
   * Throws EaselError, `not-publishable` among them.
   */
  prepareTest(caller: Caller, draft: string, runner?: Caller): Promise<PreparedRun>;
  /** Throws EaselError `not-publishable` with all that blocks. */
  publish(caller: Caller, draft: string): Promise<Published>;
  discard(caller: Caller, draft: string): Promise<void>;
}

export interface EditorOptions extends FindingOptions {
  store: TemplateStore;
  guilds: GuildStore;
  rules: () => OperatorRules;
  jobs: JobManager;
  offers: Offers;
  clock: Clock;
  log: Log;
}

const NAMELESS = 'imported';
/** For asking the backend what it has; without an answer the editor says so and goes on. In ms. */
const NODES_MS = 5000;
/** The same where a form must open within 3 s. */
const SOON_MS = 1500;

export function createEditor(options: EditorOptions): TemplateEditor {
  const { library, store, guilds, rules, partners, jobs, backend, offers, clock, log } = options;
  const findingsOf = createFindings(options);
  const workflows = createWorkflowMemory();
  // so it is published once
  const { inTurn } = store;

  async function nodesNow(ms: number, maxAgeMs?: number): Promise<NodeClasses | undefined> {
    try {
      return await within(ms, (signal) => backend.nodes(signal, maxAgeMs));
    } catch (error) {
      const about = { backend: backend.address, err: error };
      log.warn(about, 'a template is edited without knowing what the backend has');
      return undefined;
    }
  }

  /** What was read last, while somebody edits: it is renewed in the background, and asked anew before publishing. */
  async function nodesKnown(ms = SOON_MS): Promise<NodeClasses | undefined> {
    return backend.knownNodes() ?? nodesNow(ms);
  }

  /** Only who began a draft goes on with it, and only while they are an admin in that guild. */
  async function load(caller: Caller, id: string): Promise<Draft> {
    requireAdmin(caller);
    const draft = await store.draft(id);
    if (
      !draft ||
      draft.guild !== caller.guild ||
      draft.user !== caller.user ||
      draft.platform !== caller.platform
    )
      throw new EaselError({ code: 'no-such-draft' });
    return draft;
  }

  async function view(draft: Draft, nodes: NodeClasses | undefined): Promise<EditorView> {
    const workflow = workflows.of(draft);
    const findings = await findingsOf(draft, workflow, nodes);
    return {
      draft,
      workflow,
      slots: draft.slots.map(({ name, slot }) => ({
        name,
        slot,
        into: inputsOf(slot).map(([id, input]) => ({ node: nodeTitle(workflow, id), input })),
        choices: choicesNow(slot, workflow, nodes),
      })),
      findings,
      publishable: !findings.some(({ blocking }) => blocking),
      testable: !findings.some(({ blocking, problem }) => blocking && problem.code !== 'trial-bare'),
      outputs: outputNodes(draft, workflow, nodes),
    };
  }

  async function begin(
    caller: Caller,
    draft: Omit<Draft, 'id' | 'guild' | 'user' | 'platform' | 'changed'>,
  ): Promise<EditorView> {
    const { guild, user, platform } = caller;
    const begun: Draft = { ...draft, id: crypto.randomUUID(), guild, user, platform, changed: false };
    const shown = await view(begun, await nodesKnown());
    await store.saveDraft(begun);
    return shown;
  }

  return {
    async add(caller, file, { name, settings }, signal) {
      requireAdmin(caller);
      const { source, workflow } = await loadWorkflow(file, signal);
      workflows.keep(source, workflow);
      const called = cleanName(name ?? file.name.replace(/\.[^.]*$/, ''));
      if (settings) {
        const documents = { template: await loadTemplate(settings, signal), workflow: source };
        // judged under a name that is right, since the draft's own can still be changed
        const template = parseDocuments(NAMELESS, documents, workflow);
        return begin(caller, { name: called, ...contentsOf(template), workflow: source });
      }
      const nodes = await nodesKnown(NODES_MS);
      const suggested = inWords(detect(workflow, nodes), detectedWords(caller.locale));
      return begin(caller, { name: called, ...suggested, workflow: source });
    },
    async edit(caller, name) {
      requireAdmin(caller);
      const { template, head } = await library.entry(caller.guild, name);
      if (!template) throw new EaselError({ code: 'no-such-template', name });
      // of several workflows, the one that runs here
      const usual = usualVariant(template, await nodesKnown());
      const { workflow, variants = {} } = template.documents;
      const source = variants[usual.variant ?? ''] ?? workflow;
      workflows.keep(source, usual.workflow);
      const about = { ...(head && { head: head.id }), name };
      return begin(caller, { ...about, ...contentsOf(usual), workflow: source });
    },
    async open(caller, id) {
      return view(await load(caller, id), await nodesKnown());
    },
    async change(caller, id, edit) {
      return inTurn(id, async () => {
        const draft = await load(caller, id);
        const nodes = await nodesKnown();
        const { bare: _, ...rest } = draft;
        const changed = applyEdit(rest, workflows.of(draft), edit, nodes, detectedWords(caller.locale));
        const shown = await view(changed, nodes);
        await store.saveDraft({ ...changed, changed: true });
        return shown;
      });
    },
    async candidates(caller, id) {
      const draft = await load(caller, id);
      const workflow = workflows.of(draft);
      const taken = new Set(draft.slots.flatMap(({ slot }) => inputsOf(slot).map(pathKey)));
      return slotCandidates(workflow, await nodesKnown())
        .filter(({ path }) => !taken.has(pathKey(path)))
        .map(({ path, nodeTitle: node }) => ({
          path,
          node,
          value: shownValue(inputAt(workflow, path)),
        }));
    },
    async prepareTest(caller, id, runner = caller) {
      const draft = await load(caller, id);
      requireOpen(caller, rules());
      await requireWelcome(caller, guilds.settings(caller.guild));
      const nodes = await nodesKnown();
      // what it costs is not known
      if (!nodes && !(await partners.allows(draft)))
        throw new EaselError({ code: 'backend-unasked', backend: backend.name });
      const workflow = workflows.of(draft);
      // that it left nothing the last time is no reason not to look again
      requireSound(await findingsOf({ ...draft, bare: false }, workflow, nodes));
      const { template, raw } = settledTrial(templateOf(draft, workflow), nodes);
      // judged in the draft's guild just now, which need not be the one that reads the reply
      const mayName = namesIn(template, nodes);
      const wordsInside = rules().blockedWords;
      const blockedWords = [...guilds.settings(caller.guild).blockedWords, ...wordsInside];
      const circumstances = { jobs, nodes, mayName, blockedWords, wordsInside };
      const prepared = prepareJob(runner, template, raw, circumstances);
      return { ...prepared, trial: true, draft: id };
    },
    publish: (caller, id) =>
      inTurn(id, async () => {
        const draft = await load(caller, id);
        // not from the memory: what is stored must be readable again
        const workflow = workflowOf(draft);
        const nodes = await nodesNow(NODES_MS, 0);
        const findings = await findingsOf(draft, workflow, nodes);
        requireSound(findings);
        const { guild, platform, user: by } = caller;
        const { head, name, description } = draft;
        const documents = documentsOf(draft);
        templateOf(draft, workflow);
        await guilds.record(guild, { at: clock.now(), by, act: 'template.publish', subject: name });
        const accepted = findings.map(keyOf);
        const costly = nodes && partnerNodes(workflow, nodes);
        const about = { head, name, description, documents, accepted, partners: costly };
        const entry = await library.publish(guild, { ...about, by, platform });
        await store.deleteDraft(id);
        log.info({ guild, template: name, by }, 'template published');
        const problem = await offers.offer(guild, platform);
        return { name, version: entry.head ? newest(entry.head).number : 1, problem };
      }),
    discard: (caller, id) =>
      inTurn(id, async () => {
        await load(caller, id);
        await store.deleteDraft(id);
      }),
  };
}
