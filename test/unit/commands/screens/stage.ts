/** Every kind of screen, with something in it. */
import type { Caller } from '../../../../src/core/caller.ts';
import { EaselError } from '../../../../src/core/errors.ts';
import { CHOSEN, type Screen } from '../../../../src/core/screen.ts';
import { lineText } from '../../../../src/platforms/kit/screen-text.ts';
import { ada, attached, castle, classes, commandStage, forever, GRAPH, publish } from '../stage.ts';

/** Two nodes whose outputs may be posted; a model is not there, and a kind of node. */
const RUIN = JSON.stringify({
  ...GRAPH,
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'lost.safetensors' } },
  '20': { class_type: 'Mystery', inputs: { images: ['3', 0] } },
  '12': { class_type: 'SaveImage', inputs: { images: ['3', 0], filename_prefix: 'y' } },
});

/** `by`: who has made all that is there. */
export async function screenStage(by: Caller = ada) {
  const stage = await commandStage();
  stage.backend.classes = classes();
  const { commands } = stage;
  const { screens } = commands;
  let made = 0;

  /** A draft of the castle; `ruined`: with findings, and with outputs to choose from. */
  async function draft(ruined = false): Promise<string> {
    const file = ruined ? attached('ruin.json', RUIN) : castle();
    const name = `castle-${(made += 1)}`;
    return (await commands.editor.add(by, file, { name }, forever)).draft.id;
  }
  async function template(): Promise<string> {
    const name = `fort-${(made += 1)}`;
    await publish(commands, name, by);
    return name;
  }

  /** Each makes what its screen is about, and resolves to where that is. */
  const kinds: Record<string, () => Promise<string>> = {
    settings: async () => 'settings',
    audit: async () => 'audit',
    templates: async () => 'templates',
    template: async () => `template/${await template()}`,
    'template built-in': async () => 'template/imagine',
    history: async () => `history/${await template()}`,
    'history built-in': async () => 'history/imagine',
    access: async () => `access/${await template()}`,
    remove: async () => `remove/${await template()}`,
    add: async () => 'add',
    'add named': async () => 'add/fox',
    draft: async () => `draft/${await draft()}`,
    'draft ruined': async () => `draft/${await draft(true)}`,
    findings: async () => `findings/${await draft(true)}`,
    discard: async () => `discard/${await draft()}`,
    languages: async () => `languages/${await draft()}`,
    words: async () => `words/${await draft()}/ja`,
    'words of another language': async () => `words/${await draft()}/pt-BR`,
    'words of a slot': async () => {
      const { screen } = await screens.act(
        ada,
        `words/${await draft()}/ja`,
        'edit',
        { [CHOSEN]: 'size' },
        { signal: forever },
      );
      return screen?.at ?? '';
    },
    slot: async () => `slot/${await draft()}/steps`,
    'slot of another type': async () => `slot/${await draft()}/steps/ch`,
    run: async () => 'run/imagine',
    ask: async () => {
      const intent = await commands.understand(by, 'a fox stepz:3');
      return (await commands.carryOut(by, intent, { signal: forever })).screen?.at ?? '';
    },
    models: async () => {
      await template();
      return 'models';
    },
    which: async () => {
      const wish = commands.prepare(by, await template(), { prompt: 'x', model: 'lost' });
      const why: unknown = await wish.catch((error: unknown) => error);
      return (why instanceof EaselError && why.ask) || '';
    },
  };
  const act = (
    at: string,
    action: string,
    entered: Parameters<typeof screens.act>[3] = {},
    more: { caller?: Caller; shown?: Record<string, string | readonly string[]> } = {},
  ) => screens.act(more.caller ?? by, at, action, entered, { shown: more.shown, signal: forever });

  return { ...stage, screens, kinds, draft, template, act };
}

export const KINDS = [
  'settings',
  'audit',
  'templates',
  'template',
  'template built-in',
  'history',
  'history built-in',
  'access',
  'remove',
  'add',
  'add named',
  'draft',
  'draft ruined',
  'findings',
  'discard',
  'languages',
  'words',
  'words of another language',
  'words of a slot',
  'slot',
  'slot of another type',
  'run',
  'ask',
  'models',
  'which',
] as const;

/** What is wrong, by field; `''`: with all of it. */
export function problemsIn(screen: Screen | undefined): Record<string, string> {
  const [first] = screen?.lines ?? [];
  const all = first?.tone === 'blocked' ? { '': lineText({ parts: first.parts }) } : {};
  const fields = screen?.fields.flatMap(({ key, problem }) =>
    problem === undefined ? [] : [[key, problem]],
  );
  return { ...all, ...Object.fromEntries(fields ?? []) };
}
