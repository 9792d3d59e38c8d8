/** The chat contract's driver of the small platform under `test/`, over its WebSocket. */
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { connectWire, type WireClient } from '../fakes/wire/client.ts';
import { createWire, type Wire } from '../platforms/wire/index.ts';
import type { Message } from '../platforms/wire/protocol.ts';
import type { ChatDriver, Conversation } from './chat.ts';
import { stage, TEMPLATES, WATCHFUL } from './chat-drivers.ts';

const BOSS = { user: 'boss', guild: 'here', admin: 'yes' };

export async function wireDriver(): Promise<ChatDriver> {
  const world = await stage();
  /** Over all starts. */
  const messages = new Map<string, Message[]>();
  let client: WireClient | undefined;
  const open = (): WireClient => {
    if (!client) throw new Error('nobody is connected');
    return client;
  };
  const run = async (line: string): Promise<Conversation> => {
    const { begun, lines } = await open().ask({ say: line });
    if (begun === undefined) throw new Error(lines.join('\n'));
    return conversation(begun);
  };

  function conversation(id: string): Conversation {
    const last = () => messages.get(id)?.at(-1);
    const press = async (action: 'cancel' | 'again') => {
      const button = await open().until(() => last()?.buttons.find((one) => one.action === action));
      return open().ask({ press: action, job: button.job });
    };
    return {
      acknowledged: Promise.resolve(),
      history: () => messages.get(id)?.map(textOf) ?? [],
      pictures: () => last()?.files.filter(({ type }) => type === 'image/png').length ?? 0,
      shows: async (pattern) => void (await open().until(() => pattern.test(textOf(last())))),
      identity: () => id,
      cancel: async () => void (await press('cancel')),
      again: async () => conversation((await press('again')).begun ?? ''),
    };
  }

  return {
    async start() {
      let wire: Wire | undefined;
      await world.start(
        {},
        { output: new PassThrough(), moreChats: (parts) => [(wire = createWire(parts))], ...WATCHFUL },
      );
      client = await connectWire(wire?.url ?? '', BOSS, messages);
    },
    async stop() {
      await world.stop();
      await client?.close();
      client = undefined;
    },
    submitted: () => world.submitted(),
    ask: (prompt, steps) => run(`/sketch ${prompt} --steps ${steps}`),
    admin: {
      async publish(name) {
        const bytes = await readFile(`${TEMPLATES}/sketch/workflow.json`);
        const workflow = { name: `${name}.json`, bytes };
        const { card } = await open().ask({ at: `add/${name}`, action: 'add', files: { workflow } });
        await open().ask({ at: card?.at ?? '', action: 'publish' });
        await open().until(() => open().commands.includes(name));
      },
      run: (name, prompt) => run(`/${name} ${prompt}`),
      loseModel: world.loseModel,
      told: (pattern) => open().until(() => [open().lines.join('\n')].find((text) => pattern.test(text))),
    },
    askNonsense: async () => (await open().ask({ say: '/sketch x --seed -5' })).lines.join('\n'),
    dispose: () => world.dispose(),
  };
}

function textOf(message: Message | undefined): string {
  return message ? [message.title, ...message.lines].join('\n') : '';
}
