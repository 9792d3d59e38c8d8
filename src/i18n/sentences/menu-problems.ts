/** Where a chat's menu of commands is not what the templates are. */
import { clip, platformName } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import type { SomeProblems } from './problem-sentences.ts';
import { quoted } from './quoted.ts';

export const menuProblems = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    'commands-refused': () => say('problems.commands-refused'),
    'not-in-menu': ({ platform, names, refused }) => {
      const about = {
        platform: platformName(platform),
        names: list(names.map((name) => `/${clip(name)}`)),
        first: clip(names[0] ?? ''),
      };
      return refused === undefined
        ? say('problems.not-in-menu', about)
        : say('problems.not-in-menu.refused', { ...about, refused: clip(refused, 200) });
    },
    'options-left-out': ({ name, slots }) =>
      say('problems.options-left-out', { name: clip(name), slots: list(quoted(speaker, slots), 'nor') }),
  } satisfies SomeProblems;
};
