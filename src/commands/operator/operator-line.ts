/** What who runs Easel types in chat: `/easel operator stop`. Everybody else is told that there is no such thing. */
import type { Caller } from '../../core/caller.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import { meantBy, type NameAt } from '../../i18n/command-names.ts';
import { catalogue, type Catalogue } from '../../i18n/index.ts';
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

/** Whether each takes an id. */
const TAKES_ID = {
  stop: false,
  go: false,
  'cancel-user': true,
  'cancel-guild': true,
  'block-user': true,
  'unblock-user': true,
  'block-guild': true,
  'unblock-guild': true,
} as const satisfies Record<NameAt<'operator'>, boolean>;

export function createOperatorLine({ rules, operators }: OperatorLineOptions): OperatorLine {
  const operates = (caller: Caller): Promise<boolean> => operators.includes(caller);

  return {
    operates,
    async operate(caller, line) {
      if (!(await operates(caller))) throw new EaselError(NO_SUCH_THING);
      const words = catalogue(caller.locale);
      const { operatorLine: say } = words;
      const [word = '', typed = ''] = line.trim().split(/\s+/);
      // as a mention that a chat has marked up
      const id = typed.replace(/^<@!?([^|<>]+)(?:\|[^<>]*)?>$/, '$1');
      const by = `${caller.platform}:${caller.user}`;
      const verb = operatorVerb(word);
      if (verb === undefined || TAKES_ID[verb] !== (id !== '')) return [say.usage(), ...usage(words)];
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

function usage({ commandNames: { called, both }, usage: say }: Catalogue): string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an object with exactly these keys
  return (Object.keys(TAKES_ID) as NameAt<'operator'>[]).map((name) => {
    const typed = both(called('operator', name), name);
    return TAKES_ID[name] ? `${typed} ${say.id()}` : typed;
  });
}

/** The one of those that stand after `operator` which a word means, in whichever language; undefined: none. */
export function operatorVerb(word: string): NameAt<'operator'> | undefined {
  return meantBy('operator', word);
}
