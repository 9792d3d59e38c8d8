/** The chat contract's drivers: Discord and Slack against their fakes, the terminal against a stream. */
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { startSandbox } from '../../src/sandbox/index.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { adminOf } from '../world/discord-admin.ts';
import { QUICK, startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { startFakeDiscord, type FakeInteraction } from '../fakes/discord/index.ts';
import { startFakeSlack, type FakeAct } from '../fakes/slack/index.ts';
import type { ChatDriver, Conversation } from './chat.ts';
import { onSlack } from '../world/environment.ts';

export const TEMPLATES = 'test/fixtures/templates';
/** Looks at the backend's models often. */
export const WATCHFUL = { timing: { ...QUICK, driftMs: 100 } };

/** What the drivers share: a backend, a folder, and Easel between them. */
export async function stage() {
  const [sandbox, folder] = await Promise.all([startSandbox({ stepMs: 20, nodeMs: 1 }), temporaryFolder()]);
  let easel: TestEasel | undefined;
  return {
    async start(environment: Record<string, string>, overrides: Parameters<typeof startEasel>[1] = {}) {
      easel = await startEasel({ COMFY_URL: sandbox.url, DATA_DIR: folder.path, ...environment }, overrides);
      return easel;
    },
    stop: async () => easel?.stop(),
    submitted: () => sandbox.stats.submitted,
    loseModel: () => void sandbox.models.set('checkpoints', ['another.safetensors']),
    async dispose() {
      await sandbox.stop();
      await folder.remove();
    },
  };
}

function assertNone(violations: readonly string[]): void {
  if (violations.length > 0) throw new Error(`violations: ${violations.join('; ')}`);
}

export async function discordDriver(): Promise<ChatDriver> {
  const [world, discord] = await Promise.all([stage(), startFakeDiscord()]);
  const admin = adminOf(() => discord);
  const run = async (name: string, options: Record<string, string | number>): Promise<Conversation> =>
    conversation(await discord.slash({ name, options }));
  const conversation = (asked: FakeInteraction): Conversation => {
    const press = async (button: string): Promise<FakeInteraction> => {
      const message = await asked.waitFor(({ buttons }) => buttons.some(({ label }) => label === button));
      const customId = String(message.buttons.find(({ label }) => label === button)?.custom_id);
      return discord.click({ message, customId });
    };
    const files = () =>
      asked.message()?.attachments.filter(({ filename }) => !filename.startsWith('preview')) ?? [];
    return {
      acknowledged: asked.acknowledged,
      history: () => asked.message()?.edits.map(({ content }) => content) ?? [],
      pictures: () => files().length,
      shows: async (pattern) => void (await asked.waitFor(({ content }) => pattern.test(content))),
      identity: () => String(asked.message()?.id),
      cancel: async () => void (await press('Cancel')),
      again: async () => conversation(await press('Again')),
    };
  };
  return {
    async start() {
      const { token, apiUrl, cdnUrl } = discord;
      const environment = { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_CDN_URL: cdnUrl };
      await world.start(environment, WATCHFUL);
      await discord.connected();
    },
    stop: () => world.stop(),
    submitted: () => world.submitted(),
    ask: (prompt, steps) => run('sketch', { prompt, steps }),
    admin: {
      async publish(name) {
        const bytes = await readFile(`${TEMPLATES}/sketch/workflow.json`);
        const file = discord.addAttachment({ name: 'a.json', contentType: 'application/json', bytes });
        await admin.press(await admin.ask('template', 'add', { file, name }), 'Publish');
      },
      run: (name, prompt) => run(name, { prompt }),
      loseModel: world.loseModel,
      async told(pattern) {
        const messages = () => discord.directMessages(discord.person.id);
        const found = await discord.until(() => messages().find(({ content }) => pattern.test(content)));
        if (found.pings.length > 0) throw new Error(`it pings ${found.pings.join()}`);
        return found.content;
      },
    },
    async askNonsense() {
      const asked = await discord.slash({ name: 'sketch', options: { prompt: 'x', seed: 'lucky' } });
      return (await asked.waitFor(({ ephemeral, loading }) => ephemeral && !loading)).content;
    },
    async dispose() {
      await discord.stop();
      await world.dispose();
      assertNone(discord.violations);
    },
  };
}

export async function slackDriver(): Promise<ChatDriver> {
  const [world, slack] = await Promise.all([stage(), startFakeSlack()]);
  const { templates } = await loadTemplates(TEMPLATES);
  slack.setManifest(slackManifest(templates));
  slack.settings.fileProcessingMs = 10;
  const admin = slack.addUser({ name: 'root', isAdmin: true });
  const run = (command: string, text: string): Promise<Conversation> =>
    conversation(() => slack.command({ command, text }));
  const conversation = async (act: () => FakeAct): Promise<Conversation> => {
    const before = new Set(slack.messagesIn(slack.channel.id));
    const asked = act();
    const reply = await slack.until(() =>
      slack.messagesIn(slack.channel.id).find((message) => !before.has(message)),
    );
    return {
      acknowledged: asked.acknowledged,
      history: () => [...reply.edits.slice(0, -1).map(({ text: said }) => said), reply.visible],
      pictures: () => reply.images.length,
      shows: async (pattern) => void (await slack.until(() => pattern.test(reply.visible))),
      identity: () => reply.ts,
      cancel: async () => slack.click({ message: reply, actionId: 'cancel' }).acknowledged,
      again: () => conversation(() => slack.click({ message: reply, actionId: 'again' })),
    };
  };
  return {
    async start() {
      const environment = {
        ...onSlack(slack),
      };
      await world.start(environment, WATCHFUL);
      await slack.connected();
    },
    stop: () => world.stop(),
    submitted: () => world.submitted(),
    ask: (prompt, steps) => run('/sketch', `${prompt} --steps ${steps}`),
    admin: {
      async publish(name) {
        const bytes = await readFile(`${TEMPLATES}/sketch/workflow.json`);
        const file = slack.addFile({ name: `${name}.json`, bytes, user: admin.id });
        const asked = slack.command({ command: '/easel', text: 'template add', user: admin.id });
        const view = await asked.waitForView();
        await slack.submitView({ view, values: { workflow: [file] } }).acknowledged;
        await slack.submitView({ view }).acknowledged;
        await slack.until(() => view.visible.includes('Published'));
      },
      run: (name, prompt) => run('/easel', `${name} ${prompt}`),
      loseModel: world.loseModel,
      async told(pattern) {
        const messages = () => slack.directMessages(admin.id);
        return (await slack.until(() => messages().find(({ text }) => pattern.test(text)))).text;
      },
    },
    async askNonsense() {
      const asked = slack.command({ command: '/sketch', text: 'x --seed lucky' });
      return (await asked.waitFor(({ ephemeral }) => ephemeral)).text;
    },
    async dispose() {
      await slack.stop();
      await world.dispose();
      assertNone(slack.violations);
    },
  };
}

export async function terminalDriver(): Promise<ChatDriver> {
  const world = await stage();
  let input = new PassThrough();
  /** Everything printed, over all starts. */
  let printed = '';
  const changed = new EventTarget();
  const sees = async (look: () => boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = () => {
      if (look()) resolve();
    };
    changed.addEventListener('change', check);
    check();
    await promise;
    changed.removeEventListener('change', check);
  };
  /** The blocks that were printed for this prompt between two places: a title and what stands below it, up to the next title. */
  const states = (prompt: string, from: number, to?: number): string[] => {
    const blocks = printed.slice(from, to).split(/^(?=[…▸✔✘–] )/m);
    return blocks
      .filter((block) => block.split('\n')[0]?.endsWith(` ${prompt}`))
      .map((block) => block.trim());
  };
  const run = async (line: string, prompt: string): Promise<Conversation> => {
    const from = printed.length;
    input.write(`${line}\n`);
    let to: number | undefined;
    const all = () => states(prompt, from, to).join('\n');
    return {
      acknowledged: sees(() => all() !== ''),
      history: () => states(prompt, from, to),
      pictures: () => (all().match(/\.png {2}64×64/g) ?? []).length,
      shows: (pattern) => sees(() => pattern.test(all())),
      identity: () => `${prompt} after ${from}`,
      cancel: async () => void input.write(`/cancel ${prompt}\n`),
      again() {
        // what is printed from now on belongs to the other one
        to = printed.length;
        return run('/again', prompt);
      },
    };
  };
  return {
    async start() {
      input = new PassThrough();
      const output = new PassThrough().on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        changed.dispatchEvent(new Event('change'));
      });
      await world.start({}, { terminal: 'talk', input, output, ...WATCHFUL });
    },
    stop: () => world.stop(),
    submitted: () => world.submitted(),
    ask: (prompt, steps) => run(`/sketch ${prompt} --steps ${steps}`, prompt),
    admin: {
      async publish(name) {
        input.write(`/template add ${TEMPLATES}/sketch/workflow.json --name ${name}\n`);
        input.write('/template publish\n');
        await sees(() => printed.includes('Published'));
      },
      run: (name, prompt) => run(`/${name} ${prompt}`, prompt),
      loseModel: world.loseModel,
      async told(pattern) {
        const before = printed.length;
        await sees(() => pattern.test(printed.slice(before)));
        return printed.slice(before);
      },
    },
    async askNonsense() {
      const before = printed.length;
      input.write('/sketch x --seed lucky\n');
      await sees(() => printed.length > before);
      return printed.slice(before);
    },
    dispose: () => world.dispose(),
  };
}
