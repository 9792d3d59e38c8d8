/** What who runs Easel reads in chat. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

export const operatorLine = ({ say }: Speaker) => ({
  usage: () => say('operatorLine.usage'),
  stopped: () => say('operatorLine.stopped'),
  going: () => say('operatorLine.going'),
  cancelled: (total: number) => say('operatorLine.cancelled', { total }),
  blocked: (id: string) => say('operatorLine.blocked', { id: clip(id) }),
  unblocked: (id: string) => say('operatorLine.unblocked', { id: clip(id) }),
});
