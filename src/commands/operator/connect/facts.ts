/** What a test of a connection has found, as data. */
import { concurrencyFit, isAtRest, type Account } from '../../../core/account.ts';
import type { Problem } from '../../../core/errors.ts';
import type { Warning } from '../../../core/summary.ts';
import type { ServiceSetting } from '../../../guilds/services.ts';

export type Fact =
  | { kind: 'bot'; bot: string; application: string }
  /** Nothing has to be switched on in its application. */
  | { kind: 'no-intents' }
  /** Its commands are posted there instead of being told to us. */
  | { kind: 'endpoint'; url: string }
  /** `more`: than are named or counted here. */
  | { kind: 'servers'; count: number; names: string[]; more: boolean }
  | { kind: 'invite'; link: string }
  | { kind: 'workspace'; team: string; bot: string }
  /** Of the app; none: it has all. */
  | { kind: 'scopes'; missing: string[] }
  /** Socket Mode can be used. */
  | { kind: 'app-token' }
  /** Only a post of the platform's own shows whether it is right. */
  | { kind: 'signing-secret' }
  /** A token of another kind; `belongs`: the setting for it. */
  | { kind: 'wrong-kind'; setting: ServiceSetting; belongs?: ServiceSetting | undefined }
  | { kind: 'refused'; setting: ServiceSetting }
  | { kind: 'backend'; address: string; version?: string | undefined }
  /** The key is taken; what is said of the account. */
  | ({ kind: 'account' } & Account)
  /** Jobs that the account runs at once, and that it would be given. */
  | { kind: 'at-once'; atOnce: number; given: number }
  /** Of memory in bytes. */
  | { kind: 'device'; name: string; free: number; total: number }
  | { kind: 'classes'; count: number }
  | { kind: 'checkpoints'; count: number; names: string[] }
  /** It works, but for this. */
  | { kind: 'note'; problem: Problem }
  /** About what was entered, which is hardly meant so. */
  | { kind: 'warning'; warning: Warning }
  | { kind: 'problem'; problem: Problem };

const BAD: readonly Fact['kind'][] = ['wrong-kind', 'refused', 'problem'];
const ODD: readonly Fact['kind'][] = ['endpoint', 'note', 'warning'];

/** `bad`: it cannot work so; `odd`: it may not work as meant. */
export function weightOf(fact: Fact): 'good' | 'odd' | 'bad' {
  if (BAD.includes(fact.kind)) return 'bad';
  if (ODD.includes(fact.kind)) return 'odd';
  if (fact.kind === 'account') return isAtRest(fact) ? 'odd' : 'good';
  if (fact.kind === 'at-once') return concurrencyFit(fact.given, fact) === 'over' ? 'odd' : 'good';
  if (fact.kind === 'scopes') return fact.missing.length > 0 ? 'bad' : 'good';
  if (fact.kind === 'checkpoints') return fact.count === 0 ? 'odd' : 'good';
  if (fact.kind === 'servers') return fact.count === 0 ? 'odd' : 'good';
  return 'good';
}
