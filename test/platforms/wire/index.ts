/** A chat over a WebSocket: the smallest platform that has everything, from which ARCHITECTURE's recipe is written. */
import type { Chat } from '../../../src/core/chat.ts';
import type { ChatDeps } from '../../../src/app/chats.ts';
import { createTake } from './commands.ts';
import { WIRE } from './context.ts';
import { plain } from './render.ts';
import { createReplies } from './reply.ts';
import { createSockets } from './sockets.ts';

/** For what is told to everybody in a guild, in ms. */
const TELL_MS = 2000;

export interface Wire extends Chat {
  /** Where to connect, with `?user=…&guild=…&admin=yes` behind it. */
  readonly url: string;
}

export function createWire(parts: ChatDeps): Wire {
  const closing = new AbortController();
  let paused = false;
  const take = createTake(parts, () => paused, closing.signal);
  const sockets = createSockets(take);

  return {
    platform: WIRE,
    features: new Set(['people', 'roles', 'channels', 'outsiders', 'age-restricted']),
    ...createReplies(sockets, parts),
    get url() {
      return sockets.url;
    },
    async start() {
      await sockets.listening;
    },
    pause() {
      paused = true;
    },
    async stop() {
      paused = true;
      closing.abort();
      await sockets.close();
    },
    ready: () => !closing.signal.aborted,
    async check() {
      if (sockets.all().length === 0) throw new Error('nobody is connected');
    },
    async offer(guild, templates) {
      const told = { commands: templates.map(({ name }) => name) };
      const here = sockets.all().filter(({ person }) => person.guild === guild);
      const signal = AbortSignal.timeout(TELL_MS);
      // who is not there asks for help when they come
      await Promise.allSettled(here.map((connection) => connection.tell(told, signal)));
    },
    // it takes any template
    findings: () => [],
    tell: (user, lines, signal) =>
      sockets.tell((person) => person.user === user, { lines: lines.map(plain) }, signal),
  };
}
