/** Easel's own commands are called as they are in Slack: `/easel template list`. */
import { OWN_COMMANDS } from '../../../commands/typed/command-word.ts';
import { allWordsFor } from '../../../i18n/command-names.ts';
import { EASEL_COMMAND } from '../manifest.ts';

export function withEaselCommand(text: string): string {
  return text.replaceAll(own(), `/${EASEL_COMMAND} $1`);
}

let pattern: RegExp | undefined;

/** In every language; behind a name of another script than ours a syllable of the sentence may follow at once. */
function own(): RegExp {
  if (pattern) return pattern;
  const words = allWordsFor('command', OWN_COMMANDS).toSorted((a, b) => b.length - a.length);
  const any = words.map((word) => RegExp.escape(word)).join('|');
  pattern = new RegExp(`(?<![\\p{L}\\p{N}/])/(${any})(?![\\w-])`, 'gu');
  return pattern;
}
