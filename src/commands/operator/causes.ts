/** What only the person who runs Easel can put right: the causes that they are told of. */
import type { Backend } from '../../core/backend.ts';
import type { Chat } from '../../core/chat.ts';
import type { Disk } from '../../core/disk.ts';
import type { Problem } from '../../core/errors.ts';
import type { Hold } from '../../core/standing.ts';
import type { Clock } from '../../core/time.ts';
import { catalogue, sentence, sentenceAlone } from '../../i18n/index.ts';
import type { Cause } from './alerts.ts';

/** A short outage is nobody's business. */
const HELD_MS = 30_000;

/** The backend takes nothing. `address`: as it is then. */
export function heldBackend(
  hold: () => Hold | undefined,
  backend: Pick<Backend, 'address'>,
  clock: Clock,
): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  return {
    name: 'backend',
    async look() {
      const held = hold();
      if (!held || clock.now() - held.since < HELD_MS) return undefined;
      const { problem, since } = held;
      return words.alerts.held(
        sentenceAlone(
          words,
          'backend' in problem ? { ...problem, backend: backend.address } : problem,
          'operator',
        ),
        since,
        'words' in problem ? problem.words : undefined,
      );
    },
    over: () => words.alerts.heldOver(words.backendName(backend.address)),
  };
}

/** A platform refuses its token, or does not let it do what replies need. */
export function refusedToken(platform: string, chats: ReadonlyMap<string, Chat>): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  const problem: Problem = { code: 'token-refused', platform };
  return {
    name: `token-${platform}`,
    async look() {
      const chat = chats.get(platform);
      const wrong = chat?.refused?.() === true ? problem : chat?.lacks?.();
      return wrong && words.alerts.token(sentence(words, wrong, 'operator'));
    },
    over: () => words.alerts.tokenOver(platform),
  };
}

/** The data folder is full, or nearly: its budget, or the disk itself. */
export function fullDisk(disk: Pick<Disk, 'state'>): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  return {
    name: 'disk',
    async look() {
      const { full, nearly, fixed, budget, free } = disk.state();
      if ((full ?? nearly) === 'budget' && budget !== undefined)
        return words.alerts.diskBudget(fixed, budget, full !== undefined);
      if ((full ?? nearly) === undefined || free === undefined) return undefined;
      return words.alerts.disk(sentence(words, { code: 'disk-nearly-full', free }, 'operator'));
    },
    over: () => words.alerts.diskOver(),
  };
}

/** The data folder was larger than the usual budget when budgets came, and none is set. */
export function unsetBudget(disk: Pick<Disk, 'state'>): Cause {
  const words = catalogue(OPERATORS_LOCALE);
  return {
    name: 'disk-budget',
    async look() {
      const { unset, total, standard } = disk.state();
      return unset ? words.alerts.diskUnset(total, standard) : undefined;
    },
    over: () => words.alerts.diskUnsetOver(),
  };
}

/** Nobody knows theirs. */
const OPERATORS_LOCALE = 'en';
