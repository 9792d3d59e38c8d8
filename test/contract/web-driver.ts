/** The chat contract's driver of the page in a browser, over HTTP as the page speaks it. */
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { Message } from '../../src/platforms/web/api.ts';
import { openWebPage, type WebPage } from '../world/web-page.ts';
import type { ChatDriver, Conversation } from './chat.ts';
import { stage, TEMPLATES, WATCHFUL } from './chat-drivers.ts';

export async function webDriver(): Promise<ChatDriver> {
  const world = await stage();
  /** Over all starts. */
  const states = new Map<string, Message[]>();
  let page: WebPage | undefined;
  const open = (): WebPage => {
    if (!page) throw new Error('no page is open');
    return page;
  };

  const conversation = (id: string): Conversation => {
    const last = () => states.get(id)?.at(-1);
    return {
      acknowledged: open().until(() => last() !== undefined),
      history: () => states.get(id)?.map(textOf) ?? [],
      pictures: () => last()?.reply?.files.filter(({ type }) => type === 'image/png').length ?? 0,
      shows: async (pattern) =>
        void (await open().until((all) => all.some((one) => one.id === id && pattern.test(textOf(one))))),
      identity: () => String(last()?.id),
      cancel: async () => void (await press('cancel')),
      again: async () => conversation(await press('again')),
    };
    async function press(action: 'cancel' | 'again'): Promise<string> {
      await open().until(() => last()?.reply?.buttons.some((button) => button.action === action));
      const { body } = await open().post(`/api/jobs/${id}/${action}`);
      return String(body['message']);
    }
  };

  return {
    async start() {
      const { app } = await world.start({}, { output: new PassThrough(), ...WATCHFUL });
      page = await openWebPage(app.link, states);
    },
    async stop() {
      await page?.close();
      page = undefined;
      await world.stop();
    },
    submitted: () => world.submitted(),
    ask: async (prompt, steps) => conversation(await open().run('sketch', { prompt, steps: `${steps}` })),
    admin: {
      async publish(name) {
        const form = new FormData();
        form.set('name', name);
        form.set('file', new File([await readFile(`${TEMPLATES}/sketch/workflow.json`)], 'a.json'));
        const { body } = await open().post('/api/studio/drafts', form);
        const { status } = await open().post(`/api/studio/drafts/${String(body['id'])}/publish`);
        if (status !== 200) throw new Error(`not published: ${status}`);
        await open().until(() =>
          open()
            .commands()
            .some((command) => command.name === name),
        );
      },
      run: async (name, prompt) => conversation(await open().say(`/${name} ${prompt}`)),
      loseModel: world.loseModel,
      told: (pattern) =>
        open().until((all) =>
          all
            .filter(({ lines }) => lines)
            .map(textOf)
            .find((text) => pattern.test(text)),
        ),
    },
    async askNonsense() {
      const { body } = await open().post('/api/say', JSON.stringify({ text: '/sketch x --seed -5' }));
      return String(body['error']);
    },
    dispose: () => world.dispose(),
  };
}

function textOf({ reply, lines = [] }: Message): string {
  const facts = reply?.facts.map(({ name, value }) => `${name} ${value}`) ?? [];
  const notes = reply?.notes ?? [];
  return [...lines, reply?.title, reply?.status, ...facts, ...notes]
    .filter((line) => line !== undefined)
    .join('\n');
}
