/** What who runs Easel types in chat: `/easel operator stop`. Everybody else is told that there is no such thing. */
import type { Caller } from '../../core/caller.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import { catalogue } from '../../i18n/index.ts';
import type { Operators } from './operators.ts';
import type { RuleVerbs } from './operator-rules.ts';

export interface OperatorLine {
  /** Whether the caller runs Easel. Never rejects: who is not known to is taken for nobody. */
  operates(caller: Caller): Promise<boolean>;
  /** Does what stands after `operator`; resolves to lines for them alone. Throws EaselError `unknown-template` for others. */
  operate(caller: Caller, line: string): Promise<string[]>;
}

export interface OperatorLineOptions {
  rules: RuleVerbs;
  operators: Pick<Operators, 'includes'>;
}

export const OPERATOR_WORD = 'operator';

/** Where there is no operator to obey. */
export const NOBODY: OperatorLine = {
  operates: async () => false,
  operate: async () => {
    throw new EaselError(NO_SUCH_THING);
  },
};
const NO_SUCH_THING: Problem = { code: 'unknown-template', name: OPERATOR_WORD, known: [] };

/** What each takes. */
const USAGE = {
  stop: '',
  go: '',
  'cancel-user': 'ID',
  'cancel-guild': 'ID',
  'block-user': 'ID',
  'unblock-user': 'ID',
  'block-guild': 'ID',
  'unblock-guild': 'ID',
} as const;

export function createOperatorLine({ rules, operators }: OperatorLineOptions): OperatorLine {
  const operates = (caller: Caller): Promise<boolean> => operators.includes(caller);

  return {
    operates,
    async operate(caller, line) {
      if (!(await operates(caller))) throw new EaselError(NO_SUCH_THING);
      const { operatorLine: say } = catalogue(caller.locale);
      const [verb = '', typed = ''] = line.trim().split(/\s+/);
      // as a mention that a chat has marked up
      const id = typed.replace(/^<@!?([^|<>]+)(?:\|[^<>]*)?>$/, '$1');
      const by = `${caller.platform}:${caller.user}`;
      const usage = Object.entries(USAGE).map(([name, takes]) => `${name} ${takes}`.trim());
      if (!isOperatorVerb(verb) || (USAGE[verb] === 'ID') !== (id !== '')) return [say.usage(), ...usage];
      switch (verb) {
        case 'stop':
          await rules.change(by, { closed: true });
          return [say.stopped()];
        case 'go':
          await rules.change(by, { closed: false });
          return [say.going()];
        case 'cancel-user':
          return [say.cancelled(await rules.cancelOf(by, { user: id }))];
        case 'cancel-guild':
          return [say.cancelled(await rules.cancelOf(by, { guild: id }))];
        case 'block-user':
        case 'unblock-user':
          await rules.enlist(by, 'blockedUsers', id, verb === 'block-user');
          break;
        case 'block-guild':
        case 'unblock-guild':
          await rules.enlist(by, 'blockedGuilds', id, verb === 'block-guild');
          break;
      }
      return [verb.startsWith('un') ? say.unblocked(id) : say.blocked(id)];
    },
  };
}

/** Whether a word is one of those that stand after `operator`. */
export function isOperatorVerb(word: string): word is keyof typeof USAGE {
  return Object.hasOwn(USAGE, word);
}
