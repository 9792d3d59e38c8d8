/**
 * What is still to be told to each open page. A page that reads slowly gets the latest state of each message and none
 * of those between, so that what waits for it is never more than the messages themselves.
 */
import type { Message } from './api.ts';

export interface News {
  messages: Message[];
  commands: boolean;
}

export interface Stream {
  /** Resolves once there is news, or the stream is over. */
  readonly waiting: Promise<void>;
  /** What there is, and forgets it. */
  take(): News;
  readonly over: boolean;
  close(): void;
}

export interface Streams {
  /** Undefined when there are too many. */
  open(): Stream | undefined;
  tell(message: Message): void;
  commandsChanged(): void;
  /** Ends all of them, and opens no more. */
  close(): void;
}

/** Pages at once. */
export const MAX_STREAMS = 50;

interface Listener extends Stream {
  add(message?: Message): void;
}

export function createStreams(): Streams {
  const listeners = new Set<Listener>();
  let closed = false;

  function listen(): Listener {
    let pending = new Map<string, Message>();
    let commands = false;
    let over = false;
    let bell = Promise.withResolvers<void>();
    const listener: Listener = {
      get waiting() {
        return bell.promise;
      },
      get over() {
        return over;
      },
      add(message) {
        if (message) pending.set(message.id, message);
        else commands = true;
        bell.resolve();
      },
      take() {
        const news = { messages: [...pending.values()], commands };
        pending = new Map();
        commands = false;
        if (!over) bell = Promise.withResolvers();
        return news;
      },
      close() {
        over = true;
        listeners.delete(listener);
        bell.resolve();
      },
    };
    return listener;
  }

  return {
    open() {
      if (closed || listeners.size >= MAX_STREAMS) return undefined;
      const listener = listen();
      listeners.add(listener);
      return listener;
    },
    tell(message) {
      for (const listener of listeners) listener.add(message);
    },
    commandsChanged() {
      for (const listener of listeners) listener.add();
    },
    close() {
      closed = true;
      for (const listener of listeners) listener.close();
    },
  };
}
