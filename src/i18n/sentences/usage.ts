/** What is typed behind a command, as its help says it. */
import { nameSaid } from '../command-names.ts';
import type { Speaker } from '../speaker.ts';

export const usage = ({ say }: Speaker) => ({
  name: () => say('usage.name'),
  to: () => say('usage.to'),
  version: () => say('usage.version'),
  id: () => say('usage.id'),
  act: () => say('usage.act'),
  item: () => say('usage.item'),
  fields: () => say('usage.fields'),
  addFile: () =>
    say('usage.addFile', {
      name: nameSaid(say, 'option', 'name'),
      settings: nameSaid(say, 'option', 'settings'),
    }),
  usualModels: () => say('usage.usualModels'),
});
