/** What commands and their options are called: in Discord's menu, in lists of commands, and wherever they are typed. */
import { nameSaid, type Level, type NameAt } from '../command-names.ts';
import type { Speaker } from '../speaker.ts';

export const commandNames = ({ say }: Speaker) => {
  const called = <L extends Level>(level: L, name: NameAt<L>) => nameSaid(say, level, name);
  return {
    called,
    /** As it is typed in this language and, where that is something else, by default. `typed`: a command as a chat has it. */
    both: (typed: string, standard: string) =>
      typed === standard ? typed : say('commands.both', { called: typed, name: standard }),
  };
};
