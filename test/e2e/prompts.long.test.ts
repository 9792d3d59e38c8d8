/** Prompts as people write them, typed on every surface: what reaches the backend is what the table says. */
import { cp } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox, type NodeTable, type Sandbox } from '../../src/sandbox/index.ts';
import { nodeTable } from '../../src/sandbox/nodes/index.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { startFakeDiscord, type FakeDiscord, type FakeMessage } from '../fakes/discord/index.ts';
import { named, smartQuoted } from '../fakes/slack/as-typed.ts';
import { startFakeSlack, type FakeSlack } from '../fakes/slack/index.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';
import { connectWire, type WireClient } from '../fakes/wire/client.ts';
import { createWire, type Wire } from '../platforms/wire/index.ts';
import { PROMPTS, type Became } from '../prompts/table.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';
import { onDiscord, onSlack } from '../world/environment.ts';

/** Typed at once: fewer than one person may have waiting, and than the sandbox keeps graphs of. */
const LANES = 4;
/** On a machine that is busy elsewhere. */
const SURFACE_MS = 240_000;
const SIDES = { square: [1024, 1024], wide: [1344, 768], tall: [768, 1344] } as const;
/** A backend that answers at once: what is drawn is no matter here. */
const QUICK_NODES: NodeTable = {
  KSampler: {
    ...nodeTable()['KSampler']!,
    run: async (inputs) => ({ values: [inputs.link('latent_image', 'LATENT')] }),
  },
  VAEDecode: {
    ...nodeTable()['VAEDecode']!,
    run: async () => {
      const picture = { width: 8, height: 8, data: new Uint8Array(3 * 64) };
      return { values: [{ type: 'IMAGE' as const, pictures: [picture] }] };
    },
  },
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let sandbox: Sandbox;
let discord: FakeDiscord;
let slack: FakeSlack;
let wire: Wire;
let easel: TestEasel;
let page: WebPage;
let client: WireClient;
let terminal: TestEasel;
const keyboard = new PassThrough();
const printed: string[] = [];

beforeAll(async () => {
  [folder, sandbox, discord, slack] = await Promise.all([
    temporaryFolder(),
    startSandbox({ stepMs: 0, nodeMs: 0, extraNodes: QUICK_NODES }),
    startFakeDiscord(),
    startFakeSlack(),
  ]);
  const TEMPLATES_DIR = await onlyImagine();
  slack.setManifest(slackManifest((await loadTemplates(TEMPLATES_DIR)).templates));
  const shared = { TEMPLATES_DIR, COMFY_URL: sandbox.url, COMFY_FILE_HOSTS: new URL(sandbox.url).host };
  easel = await startEasel(
    {
      ...shared,
      DATA_DIR: `${folder.path}/chats`,
      ...onDiscord(discord),
      ...onSlack(slack),
      GUILD_CONCURRENCY: '1000',
      USER_CONCURRENCY: '1000',
      COMFY_CONCURRENCY: String(LANES),
    },
    { output: new PassThrough().resume(), moreChats: (parts) => [(wire = createWire(parts))] },
  );
  const output = new PassThrough().on('data', (text) => void printed.push(String(text)));
  terminal = await startEasel(
    { ...shared, DATA_DIR: `${folder.path}/terminal` },
    { terminal: 'talk', input: keyboard, output },
  );
  await Promise.all([discord.connected(), slack.connected()]);
  client = await connectWire(wire.url, { user: 'ann' });
  page = await openWebPage(easel.app.link);
});
afterAll(async () => {
  await Promise.all([client.close(), page.close()]);
  await Promise.all([easel.stop(), terminal.stop()]);
  await Promise.all([sandbox.stop(), discord.stop(), slack.stop()]);
  await folder.remove();
  const violations = [...discord.violations, ...slack.violations];
  if (violations.length > 0) throw new Error(violations.join('\n'));
});

/** `imagine` alone, as Easel comes with it: all words are for it. */
async function onlyImagine(): Promise<string> {
  await cp('templates/imagine', `${folder.path}/templates/imagine`, { recursive: true });
  return `${folder.path}/templates`;
}

/** Types it, and where it is asked about says that it was meant as words. */
type Typed = (text: string, isAsked: boolean) => Promise<void>;

const NO = 'art of the prompt';
const isQuestion = ({ text }: FakeMessage) => text.includes('Did you mean') || text.includes(NO);

const inDiscord: Typed = async (text, isAsked) => {
  const asked = await discord.slash({ name: 'easel', options: { what: text } });
  if (isAsked) await pressNo(await asked.waitFor((one) => isQuestion(one) && one.flatComponents.length > 0));
};
const asOption: Typed = async (text) => {
  await discord.slash({ name: 'imagine', options: { prompt: text } });
};
const directly: Typed = async (text, isAsked) => {
  const { id: user } = discord.addUser();
  const { message } = discord.directMessage({ content: text, user });
  if (!isAsked) return;
  const asked = (one: FakeMessage) => one.origin.replyTo === message.id && isQuestion(one);
  await pressNo(await discord.waitForMessage(asked), user);
};
async function pressNo(message: FakeMessage, user?: string): Promise<void> {
  const button = message.flatComponents.find(({ label }) => label?.includes(NO));
  await discord.click({ message, customId: button?.custom_id ?? '', ...(user !== undefined && { user }) });
}

/** Each by somebody else, who sees one question alone. */
const inSlack: Typed = async (text, isAsked) => {
  const { id: user } = slack.addUser();
  slack.command({ command: '/easel', text, user });
  if (isAsked) await answerNo(user);
};
const asCommand: Typed = async (text, isAsked) => {
  const { id: user } = slack.addUser();
  slack.command({ command: '/imagine', text, user });
  if (isAsked) await answerNo(user);
};
const mentioned: Typed = async (text, isAsked) => {
  const { id: user } = slack.addUser();
  slack.mention({ text, asTyped: true, user });
  if (isAsked) await answerNo(user);
};
const slackDirectly: Typed = async (text, isAsked) => {
  const { id: user } = slack.addUser();
  slack.directMessage({ text: smartQuoted(text), asTyped: true, user });
  if (isAsked) await answerNo(user);
};
async function answerNo(user: string): Promise<void> {
  const message = await slack.waitForMessage(
    ({ ephemeralTo, channel, buttons }) =>
      (ephemeralTo === user || channel.userId === user) &&
      buttons.some((one) => one.action_id === 'answer:no'),
  );
  slack.click({ message, actionId: 'answer:no', user });
}

const inBrowser: Typed = async (text, isAsked) => {
  const id = await page.say(text);
  if (!isAsked) return;
  const at = await page.until((all) => all.find((message) => message.id === id)?.screen);
  await page.post('/api/screen', JSON.stringify({ at, action: 'no', entered: {} }));
};
const overWire: Typed = async (text, isAsked) => {
  const { card } = await client.ask({ say: text });
  if (isAsked) await client.ask({ at: card?.at ?? '', action: 'no', entered: {} });
};
const atTerminal: Typed = async (text, isAsked) => {
  keyboard.write(`${text}\n`);
  if (isAsked) keyboard.write('/do no\n');
};

/** What a graph holds of it, where nothing else was said; in one text. */
function graphOf({ prompt = '', negative = '', size = 'square', ...more }: Became): string {
  const { steps = '20', cfg = '7', count = '1', model = 'sd_xl_base_1.0.safetensors', seed } = more;
  const [width, height] = SIDES[size.toLowerCase() as keyof typeof SIDES];
  return JSON.stringify({ prompt, negative, steps, cfg, count, model, width, height, seed });
}

/** The same of a run that the sandbox has taken. */
function drawn({ prompt }: JsonObject, hasSeed: boolean): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a graph that the sandbox has taken
  const graph = prompt as Record<string, { inputs: Record<string, string | number> }>;
  const of = (node: number, input: string) => graph[node]?.inputs[input];
  const text = (node: number, input: string) => String(of(node, input));
  return JSON.stringify({
    prompt: of(6, 'text'),
    negative: of(7, 'text'),
    steps: text(3, 'steps'),
    cfg: text(3, 'cfg'),
    count: text(5, 'batch_size'),
    model: of(4, 'ckpt_name'),
    width: of(5, 'width'),
    height: of(5, 'height'),
    ...(hasSeed && { seed: text(3, 'seed') }),
  });
}

interface Surface {
  type: Typed;
  /** What is typed there. */
  written?: (text: string) => string;
  /** What it becomes there; undefined: nothing is said. */
  becomes?: (became: Became, typed: string) => Became | undefined;
}

/** What is pasted into a line loses its line breaks. */
const oneLine = (text: string) => text.replaceAll('\n', ' ');
const texts = (became: Became, change: (text: string) => string): Became => ({
  ...became,
  ...(became.prompt !== undefined && { prompt: change(became.prompt) }),
  ...(became.negative !== undefined && { negative: change(became.negative) }),
});
/** Beside a name, or where a bot is spoken to, marks alone are nothing. */
const spoken = (became: Became, typed: string) => (typed === '::' ? undefined : became);
/** Behind a name, marks before the words are that one's. */
const behindName: Record<string, string> = {
  ': a colon': 'a colon',
  '~ calm ~ * star * _underscore_': 'calm ~ * star * _underscore_',
};

const SURFACES: Record<string, Surface> = {
  'Discord, as a command': { type: inDiscord, written: oneLine },
  // an option's words are that slot's, whatever they are
  'Discord, as an option': {
    type: asOption,
    written: oneLine,
    becomes: (_became, typed) => ({ prompt: oneLine(typed) }),
  },
  'Discord, directly': { type: directly, becomes: spoken },
  'Slack, as a command': { type: inSlack, becomes: (became) => texts(became, named) },
  "Slack, as a template's command": { type: asCommand, becomes: (became) => texts(became, named) },
  'Slack, in a mention': {
    type: mentioned,
    becomes: (became, typed) =>
      spoken(texts({ ...became, prompt: behindName[typed] ?? became.prompt ?? '' }, named), typed),
  },
  'Slack, directly': {
    type: slackDirectly,
    becomes: (became, typed) =>
      spoken(
        texts(became, (text) => named(smartQuoted(text))),
        typed,
      ),
  },
  'the page': { type: inBrowser },
  'a further platform': { type: overWire },
  'the terminal': { type: atTerminal, written: oneLine },
};

describe('prompts as people write them', () => {
  it.each(Object.entries(SURFACES))(
    'become what they must on %s',
    async (_where, surface) => {
      const { type, written = (text) => text, becomes = (became) => became } = surface;
      const wrong: unknown[] = [];
      for (let from = 0; from < PROMPTS.length; from += LANES) {
        const batch = PROMPTS.slice(from, from + LANES).flatMap(({ typed, became: meant }) => {
          const became = becomes(meant, typed);
          return became ? [{ typed, became }] : [];
        });
        const before = sandbox.stats.submitted;
        await Promise.all(batch.map(({ typed, became }) => type(written(typed), became.ask !== undefined)));
        await expect
          .poll(() => sandbox.stats.submitted - before, {
            timeout: PATIENCE_MS,
            interval: 5,
            message: batch.map(({ typed }) => typed).join('\n'),
          })
          .toBe(batch.length);
        const bodies = sandbox.stats.bodies.slice(-batch.length);
        for (const { typed, became } of batch) {
          const found = bodies.findIndex(
            (body) => drawn(body, became.seed !== undefined) === graphOf(became),
          );
          if (found === -1) wrong.push(typed);
          else bodies.splice(found, 1);
        }
        wrong.push(...bodies.map((body) => drawn(body, true)));
      }
      expect(wrong).toEqual([]);
    },
    SURFACE_MS,
  );
});
