/** What the sentences of every language are made of before they are worded: cut texts, sizes, times, short lists. */
import type { ConnectionFault } from '../core/connection-fault.ts';
import type { Problem } from '../core/errors.ts';
import { groupedProblems } from '../core/finding.ts';
import type { Rank } from '../core/rank.ts';
import { clip as cut, oneLine } from '../core/text.ts';

type NewCode =
  | 'bad-language'
  | 'too-many-languages'
  | 'words-missing'
  | 'words-cut'
  | 'name-taken-in-language';

/** A sentence for every problem. */
export type Sentences = {
  [Code in Exclude<Problem['code'], NewCode>]: (
    problem: Extract<Problem, { code: Code }>,
    reader: Rank,
  ) => string;
};

/** Those about a file that somebody attached, or that an admin sent or wrote on disk. */
export type FileProblems = Pick<
  Sentences,
  | 'not-an-image'
  | 'image-too-large'
  | 'image-too-many-pixels'
  | 'image-unreachable'
  | 'not-such-a-file'
  | 'attached-too-large'
  | 'attached-unreachable'
  | 'too-large-for-backend'
  | 'upload-misplaced'
  | 'template-broken'
  | 'ui-format-workflow'
  | 'empty-file'
  | 'file-unreachable'
  | 'file-too-large'
  | 'not-a-workflow-file'
  | 'not-a-template-file'
  | 'picture-without-workflow'
  | 'picture-damaged'
  | 'template-as-workflow'
  | 'not-a-workflow'
  | 'invalid-json'
  | 'json-too-complex'
  | 'too-many-nodes'
  | 'workflow-circle'
>;

/** Those about chats that do not connect, or not wholly, and about what is entered to connect them and backends. */
export type ConnectionProblems = Pick<
  Sentences,
  | 'token-refused'
  | 'chat-unreachable'
  | 'chat-away'
  | 'chat-login-later'
  | 'scope-missing'
  | 'direct-messages-unheard'
  | 'set-in-environment'
  | 'connection-value'
  | 'connection-needs'
  | 'key-again'
  | 'admin-token-needed'
  | 'secrets-unreadable'
>;

/** What is known of a connection that does not work. */
export interface FaultAbout {
  /** Its name; for who runs Easel with its host. */
  backend: string;
  status?: number | undefined;
  /** The address that would be right. */
  to?: string | undefined;
}

/** A sentence for every fault: for people, without host and variable, and for who runs Easel, with what to change. */
export type FaultSentences = Record<
  ConnectionFault,
  Record<'person' | 'operator', (about: FaultAbout) => string>
>;

/** Those about what a backend refuses of a workflow, and about how runs fail. */
export type RunProblems = Pick<
  Sentences,
  | 'missing-node'
  | 'missing-nodes'
  | 'model-missing'
  | 'workflow-refused'
  | 'run-failed'
  | 'out-of-memory'
  | 'model-download-failed'
  | 'image-download-failed'
  | 'interrupted'
  | 'run-lost'
  | 'run-untold'
  | 'backend-crashed'
  | 'run-too-long'
  | 'no-outputs'
  | 'output-gone'
  | 'output-too-large'
>;

/** An input of a node. `slot`: whose it is; `title`: of the node. */
export interface NamedInput {
  slot?: string | undefined;
  title?: string | undefined;
  input?: string | undefined;
}

/** What can be done, by who reads it. `operator`: where that is another thing for who runs Easel. */
export function advised(
  reader: Rank,
  by: { person: string; admin: string; operator?: string | undefined },
): string {
  return reader === 'operator' ? (by.operator ?? by.admin) : by[reader];
}

/** Other people's words on one line, at most `max` UTF-16 units. */
export function clip(text: string, max = 100): string {
  return cut(oneLine(text).trim(), max);
}

/** A size in bytes; `few` words those below 1 KB. */
export function sizeOf(size: number, few: (bytes: number) => string): string {
  if (size < 1024) return few(size);
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/** As the budget of the data folder is counted: 1 GB is 10^9 bytes. */
export function gigabytes(size: number): string {
  return size < 1e9 ? `${Math.ceil(size / 1e6)} MB` : `${Number((size / 1e9).toFixed(1))} GB`;
}

/** Whole minutes and the seconds after them; below 10 s the seconds have one decimal. */
export function clock(ms: number): { minutes: number; seconds: string } {
  if (ms < 10_000) return { minutes: 0, seconds: (ms / 1000).toFixed(1) };
  const seconds = Math.round(ms / 1000);
  return { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60) };
}

/** Items of a list in a sentence. */
export const MAX_LISTED = 12;

/** The first twelve items; `more` words how many others there are. */
export function firstOf(items: string[], more: (hidden: number) => string): string[] {
  if (items.length <= MAX_LISTED) return items;
  return [...items.slice(0, MAX_LISTED), more(items.length - MAX_LISTED)];
}

/** What an entry `settings.change` of the audit log holds: its keys, and those values that it tells. */
export function changedSettings(keys: string, values: string): { key: string; value: string | undefined }[] {
  return keys.split(' ').map((key) => {
    const [, value] = new RegExp(`(?:^| )${RegExp.escape(key)}=(.*?)(?= \\w+=|$)`).exec(values) ?? [];
    return { key, value };
  });
}

const PLATFORMS: Record<string, string> = { discord: 'Discord', slack: 'Slack' };

/** A chat platform as it calls itself. */
export function platformName(platform: string): string {
  return nameOf(PLATFORMS, platform);
}

/** What a person calls something, by its key; the key itself where `names` has none. */
export function nameOf(names: Record<string, string>, key: string): string {
  return (Object.hasOwn(names, key) ? names[key] : undefined) ?? key;
}

/** As many explain another problem. */
const MAX_EXPLAINED = 5;

/** Problems that explain another one, what is alike together; `more` words how many are left out. */
export function explain(
  problems: Sentences,
  findings: Problem[],
  reader: Rank,
  more: (hidden: number) => string,
): string[] {
  const all = groupedProblems(findings);
  const sentences: Record<string, (problem: never, reader: Rank) => string> = problems;
  const said = all
    .slice(0, MAX_EXPLAINED)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and parameter belong together by construction
    .map((problem) => sentences[problem.code]?.(problem as never, reader) ?? '');
  return all.length > said.length ? [...said, more(all.length - said.length)] : said;
}
