/** What is typed after a command, as its help says it. */
import type { Speaker } from '../speaker.ts';

export const usage = ({ say }: Speaker) => ({
  usualModels: () => say('help.usualModelsValues'),
});
