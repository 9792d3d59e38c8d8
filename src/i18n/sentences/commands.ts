/** What commands and their options do, as menus and the list of commands say it. */
import type { Speaker } from '../speaker.ts';

export const commands = ({ say }: Speaker) => ({
  queue: () => say('commands.queue'),
  cancel: () => say('commands.cancel'),
  cancelJob: () => say('commands.cancelJob'),
  again: () => say('commands.again'),
  act: () => say('commands.act'),
  help: () => say('commands.help'),
  template: () => say('commands.template'),
  settings: () => say('commands.settings'),
  usualModels: () => say('commands.usualModels'),
  usualModelsWhat: () => say('commands.usualModelsWhat'),
  easel: () => say('commands.easel'),
  easelWhat: () => say('commands.easelWhat'),
  /** Of a template's own, where it says nothing of it. */
  slot: (name: string) => name,
  seed: () => say('commands.seed'),
});
