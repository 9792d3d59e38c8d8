/** Screens as the page asks for them, and what it does in them. */
import type { Screen } from '../../../../src/core/screen.ts';
import type { Deed, Done, Message, Refusal } from '../../../../src/platforms/web/api.ts';
import { classes, GRAPH } from '../../commands/stage.ts';
import { messagesOf, webStage } from './stage.ts';

export interface Answer<T> {
  status: number;
  /** One of them. */
  body: T & Partial<Refusal>;
}

const NO_SCREEN = 'nothing is shown';

export async function screenStage(...options: Parameters<typeof webStage>) {
  const stage = await webStage(...options);
  stage.backend.classes = classes();
  const { routes, replies } = stage;

  async function ask<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const headers = { 'accept-language': 'en', ...(init.headers as Record<string, string>) };
    const answer = await routes.request(path, { ...init, headers });
    return { status: answer.status, body: (await answer.json()) as Answer<T>['body'] };
  }
  const open = (at: string) => ask<Screen>(`/api/screen?at=${encodeURIComponent(at)}`);
  const post = (body: unknown) =>
    ask<Done>('/api/screen', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const act = (at: string, action: string, more: Partial<Deed> = {}) =>
    post({ at, action, entered: {}, ...more });
  const upload = (fields: Record<string, string | File | object>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields))
      form.append(name, typeof value === 'string' || value instanceof File ? value : JSON.stringify(value));
    return ask<Done>('/api/screen', { method: 'POST', body: form });
  };
  const say = async (text: string) => {
    const { body } = await ask<{ message: string }>('/api/say', {
      method: 'POST',
      body: JSON.stringify({ text }),
    });
    return { refused: body.error, field: body.field, message: await messageOf(body.message) };
  };
  const messageOf = async (id: string | undefined): Promise<Message | undefined> =>
    (await messagesOf(replies)).find((one) => one.id === id);

  /** A draft of the castle, by the screen for it; resolves to its address. */
  async function begin(name = 'castle'): Promise<string> {
    const { body } = await upload({
      deed: { at: 'add', action: 'add', entered: { name } },
      'file.workflow': castleFile(),
    });
    return shownBy(body).at;
  }
  async function published(name = 'castle'): Promise<string> {
    await act(await begin(name), 'publish');
    return name;
  }
  return { ...stage, ask, open, post, act, upload, say, messageOf, begin, published };
}

export function castleFile(content = JSON.stringify(GRAPH)): File {
  return new File([content], 'castle.json');
}

export function shownBy({ screen }: Done): Screen {
  if (!screen) throw new Error(NO_SCREEN);
  return screen;
}

export function problems({ fields = [] }: Partial<Screen> = {}): Record<string, string> {
  return Object.fromEntries(fields.flatMap(({ key, problem }) => (problem ? [[key, problem]] : [])));
}

export function textOf(lines: Done['done'] = []): string {
  return lines
    .map(({ parts }) =>
      parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(''),
    )
    .join('\n');
}
