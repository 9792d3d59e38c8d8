/** The verbs on real stores and a real job manager, with a backend and a chat in memory. */
import { onTestFinished } from 'vitest';
import { createCommands, type Commands } from '../../../src/commands/index.ts';
import type { Notices, StoredNotice } from '../../../src/commands/operator/notices.ts';
import type { Caller } from '../../../src/core/caller.ts';
import type { Chat } from '../../../src/core/chat.ts';
import { EaselError, type Problem } from '../../../src/core/errors.ts';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import type { Template } from '../../../src/core/template.ts';
import { NO_RULES } from '../../../src/guilds/operator-policy.ts';
import { openRulesStore, type OperatorRules } from '../../../src/guilds/rules.ts';
import { limitsBy } from '../../fakes/limit-rules.ts';
import { judge } from '../../fakes/judge.ts';
import { openGuildStore } from '../../../src/guilds/store.ts';
import { createLibrary } from '../../../src/templates/library/index.ts';
import { openTemplateStore } from '../../../src/templates/library/store.ts';
import type { Attachment } from '../../../src/templates/values.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { startStage } from '../jobs/stage.ts';
import { temporaryFolder } from '../temporary.ts';
import { parse } from '../templates/sources.ts';

export const imagine = parse({
  prompt: { type: 'text', into: [['3', 'text']], required: true },
  steps: { type: 'integer', into: [['3', 'steps']], max: 60 },
  seed: { type: 'seed', into: [['3', 'seed']] },
  image: { type: 'image', into: [['10', 'image']] },
});
export const upscale: Template = { ...imagine, name: 'upscale' };

export const ann = sampleCaller();
/** An admin. */
export const ada = sampleCaller({ user: 'ada', admin: true });

/** What the backend has in these tests. */
export function classes(given: Record<string, string[]> = {}): NodeClasses {
  const models = { ckpt_name: ['sd.safetensors', 'xl.safetensors'], ...given };
  const text = { type: 'STRING', multiline: true };
  const link = (type: string) => ({ type });
  const sampler = {
    model: link('MODEL'),
    seed: { type: 'INT' },
    steps: { type: 'INT' },
    positive: link('CONDITIONING'),
  };
  const node = (inputs: Record<string, object>, outputs: string[], isOutput = false) => ({
    title: 'Node',
    isOutput,
    inputs: new Map(
      Object.entries(inputs).map(([name, info]) => [name, { type: 'COMBO', required: true, ...info }]),
    ),
    outputs,
  });
  const saved = { images: link('IMAGE'), filename_prefix: { type: 'STRING' } };
  return new Map([
    ['CheckpointLoaderSimple', node({ ckpt_name: { options: models.ckpt_name } }, ['MODEL', 'CLIP', 'VAE'])],
    ['CLIPTextEncode', node({ text, clip: link('CLIP') }, ['CONDITIONING'])],
    ['KSampler', node(sampler, ['LATENT'])],
    ['SaveImage', node(saved, [], true)],
  ]);
}

export const GRAPH = {
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd.safetensors' } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a castle', clip: ['4', 1] } },
  '3': {
    class_type: 'KSampler',
    inputs: { seed: 5, steps: 20, model: ['4', 0], positive: ['6', 0] },
  },
  '9': { class_type: 'SaveImage', inputs: { images: ['3', 0], filename_prefix: 'x' } },
};

export function attached(name: string, content: string | Uint8Array): Attachment {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, load: async () => bytes };
}
export const castle = () => attached('castle.json', JSON.stringify(GRAPH));

export interface Told {
  user: string;
  lines: string[];
}

type Options = Parameters<typeof startStage>[0];

export async function commandStage(options: Options = {}, builtin: Template[] = [imagine, upscale]) {
  const rest = await startStage(options);
  const uri = `sqlite://${await temporaryFolder()}/admin.sqlite`;
  const { backend, clock, log } = rest;
  const store = await openTemplateStore(uri, log);
  const guilds = await openGuildStore(uri, log);
  const rules = await openRulesStore(uri, log);
  onTestFinished(async () => {
    await rules.close();
    await store.close();
    await guilds.close();
  });
  const library = createLibrary(builtin, { store, clock, log });
  /** What the platform was told last, by guild. */
  const offered = new Map<string, string[]>();
  const told: Told[] = [];
  const chat: Pick<Chat, 'offer' | 'tell' | 'findings' | 'features'> & { refuses: boolean } = {
    refuses: false,
    findings: () => [],
    features: new Set(['people', 'roles', 'channels', 'outsiders', 'age-restricted']),
    async offer(guild, templates) {
      if (chat.refuses) throw new EaselError({ code: 'commands-refused' });
      offered.set(
        guild,
        templates.map(({ name }) => name),
      );
    },
    async tell(user, lines) {
      if (chat.refuses) throw new Error('closed to direct messages');
      told.push({ user, lines });
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are called
  const chats = new Map([['test', chat as unknown as Chat]]);
  const notices: StoredNotice[] = [];
  const board: Pick<Notices, 'post'> = {
    async post(key, notice, at) {
      if (!notices.some((known) => known.key === key)) notices.push({ key, notice, at });
    },
  };
  const room = {
    library,
    guilds,
    rules: () => rules.rules(),
    backend,
    pictures: judge,
    chats,
    clock,
    log,
    notices: board,
  };
  const commands = createCommands({
    ...room,
    templateStore: store,
    jobs: rest.manager,
    limits: limitsBy(guilds),
  });
  /** What the operator rules from now on; what is left out is as without rules. */
  const rule = (change: Partial<OperatorRules>) =>
    rules.change({ at: 0, by: 'operator', act: 'rules.change', subject: 'test' }, { ...NO_RULES, ...change });
  return {
    ...rest,
    jobStore: rest.store,
    commands,
    rules,
    rule,
    library,
    store,
    guilds,
    offered,
    told,
    chat,
    room,
    notices,
    builtin,
  };
}

export const forever = new AbortController().signal;

export async function publish(
  commands: Commands,
  name = 'castle',
  caller: Caller = ada,
  file: Attachment = castle(),
): Promise<string> {
  const { draft } = await commands.editor.add(caller, file, { name }, forever);
  await commands.editor.publish(caller, draft.id);
  return draft.id;
}

/** What an EaselError says; anything else that is thrown, or nothing, fails the test. */
export async function refused(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof EaselError) return error.problem;
    throw error;
  }
  throw new Error('it was accepted');
}
