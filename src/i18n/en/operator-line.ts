/** What who runs Easel reads in chat, in English. */
import { clip } from '../phrases.ts';
import { count } from './phrases.ts';

export const operatorLine = {
  usage: () => 'You run me, so you can say "/easel operator …":',
  stopped: () => 'I take no new jobs now. What runs and waits goes on.',
  going: () => 'I take jobs again.',
  cancelled: (total: number) => `Cancelling ${count(total, 'job')}.`,
  blocked: (id: string) => `${clip(id)} is blocked.`,
  unblocked: (id: string) => `${clip(id)} is not blocked any more.`,
};
