/** Prompts as people write them, typed on every surface: what reaches the backend is what the table says. */
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { startFakeDiscord, type FakeDiscord, type FakeMessage } from '../fakes/discord/index.ts';
import { startFakeSlack, type FakeAct, type FakeSlack } from '../fakes/slack/index.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';
import { connectWire, type WireClient } from '../fakes/wire/client.ts';
import { createWire, type Wire } from '../platforms/wire/index.ts';
import { PROMPTS, type Became } from '../prompts/table.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';

/** All of them go through the reading itself (`test/unit/commands/prompts.test.ts`): here are some of each kind. */
const EVERY = 8;
const SIDES = { square: [64, 64], wide: [88, 48], tall: [48, 88] } as const;

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
    startSandbox({ stepMs: 0, nodeMs: 0 }),
    startFakeDiscord(),
    startFakeSlack(),
  ]);
  const TEMPLATES_DIR = await smallTemplates();
  slack.setManifest(slackManifest((await loadTemplates(TEMPLATES_DIR)).templates));
  const shared = { TEMPLATES_DIR, COMFY_URL: sandbox.url, COMFY_FILE_HOSTS: new URL(sandbox.url).host };
  easel = await startEasel(
    {
      ...shared,
      DATA_DIR: `${folder.path}/chats`,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      GUILD_CONCURRENCY: '50',
      USER_CONCURRENCY: '50',
      COMFY_CONCURRENCY: '4',
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

/** `imagine` as Easel comes with it, in small. */
async function smallTemplates(): Promise<string> {
  const at = `${folder.path}/templates/imagine`;
  await mkdir(at, { recursive: true });
  for (const name of ['template.json', 'workflow.json']) {
    const whole = await readFile(`templates/imagine/${name}`, 'utf8');
    await writeFile(
      `${at}/${name}`,
      whole.replaceAll('1024', '64').replaceAll('1344', '88').replaceAll('768', '48'),
    );
  }
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
const directly: Typed = async (text, isAsked) => {
  const { message } = discord.directMessage({ content: text });
  if (isAsked)
    await pressNo(
      await discord.waitForMessage((one) => one.origin.replyTo === message.id && isQuestion(one)),
    );
};
async function pressNo(message: FakeMessage): Promise<void> {
  const button = message.flatComponents.find(({ label }) => label?.includes(NO));
  await discord.click({ message, customId: button?.custom_id ?? '' });
}

const inSlack: Typed = async (text, isAsked) => {
  const asked = slack.command({ command: '/easel', text });
  if (isAsked) await answerNo(asked);
};
/** As Slack passes on what is written. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const mentioned: Typed = async (text, isAsked) => {
  const asked = slack.mention({ text: `<@${slack.botUserId}> ${escaped(text)}` });
  if (isAsked) await answerNo(asked);
};
const slackDirectly: Typed = async (text, isAsked) => {
  const asked = slack.directMessage({ text: escaped(text) });
  if (isAsked) await answerNo(asked);
};
async function answerNo(asked: FakeAct): Promise<void> {
  const message = await asked.waitFor(({ buttons }) => buttons.some((one) => one.action_id === 'answer:no'));
  slack.click({ message, actionId: 'answer:no' });
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

/** What a graph holds of it, where nothing else was said. */
function graphOf({
  prompt = '',
  negative = '',
  size = 'square',
  steps = '20',
  cfg = '7',
  count = '1',
}: Became) {
  const [width, height] = SIDES[size.toLowerCase() as keyof typeof SIDES];
  return {
    3: { inputs: { steps: Number(steps), cfg: Number(cfg) } },
    5: { inputs: { width, height, batch_size: Number(count) } },
    6: { inputs: { text: prompt } },
    7: { inputs: { text: negative } },
  };
}

describe('prompts as people write them', () => {
  it.each<[string, Typed, (text: string) => boolean]>([
    ['Discord, as a command', inDiscord, isLine],
    // beside a name, or where a bot is spoken to, marks at the beginning are no words
    ['Discord, directly', directly, isSpoken],
    ['Slack, as a command', inSlack, isLine],
    ['Slack, in a mention', mentioned, isSpoken],
    ['Slack, directly', slackDirectly, isSpoken],
    ['the page', inBrowser, () => true],
    ['a further platform', overWire, () => true],
    ['the terminal', atTerminal, isLine],
  ])('become what they must on %s', async (_where, type, isMeant) => {
    const some = PROMPTS.filter(
      ({ became }, index) => index % EVERY === 0 || (became.ask && index % 3 === 0),
    );
    // a model that the sandbox does not have would be refused
    const all = some.filter(({ typed, became }) => isMeant(typed) && became.model === undefined);
    expect(all.length).toBeGreaterThan(20);
    for (const { typed, became } of all) {
      const before = sandbox.stats.submitted;
      await type(typed, became.ask !== undefined);
      await expect
        .poll(() => sandbox.stats.submitted, { timeout: PATIENCE_MS, interval: 5, message: typed })
        .toBe(before + 1);
      expect(sandbox.stats.bodies.at(-1), typed).toMatchObject({ prompt: graphOf(became) });
    }
  });
});

function isLine(text: string): boolean {
  return !text.includes('\n');
}
function isSpoken(text: string): boolean {
  return /^[\p{L}\p{N}\p{Extended_Pictographic}"“(/<]/u.test(text);
}
