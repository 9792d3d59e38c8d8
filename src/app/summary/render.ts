/** The summary in words, as lines for a terminal. Pure. */
import { styleText } from 'node:util';
import { accountAdvice, accountHint, adviceFor } from '../../commands/operator/advice.ts';
import { faultOfCode } from '../../comfy/index.ts';
import { isAtRest, type Account } from '../../core/account.ts';
import type { ConnectionFault } from '../../core/connection-fault.ts';
import type { ChatAbout } from '../../core/chat.ts';
import { faultIn, type Problem } from '../../core/errors.ts';
import {
  isReady,
  isWhole,
  marksOf,
  type ChatSummary,
  type PageSummary,
  type Summary,
} from '../../core/summary.ts';
import { sentence, warned, type Catalogue } from '../../i18n/index.ts';
import { platformName } from '../../i18n/phrases.ts';

type Mark = 'well' | 'look' | 'wrong' | 'none';

interface Row {
  mark: Mark;
  label: string;
  /** On its first line. */
  text: string;
  /** Below it. */
  more: string[];
}

export interface Look {
  words: Catalogue;
  /** A start, or a look without one. */
  heading: 'start' | 'doctor';
  /** How a mark is shown; with colours, or without. */
  paint?: ((mark: Exclude<Mark, 'none'>, sign: string) => string) | undefined;
}

/** As a service. */
const BACKEND = 'comfy';
const SIGNS = { well: '✓', look: '!', wrong: '✗' } as const;

export function summaryLines(
  summary: Summary,
  { words, heading, paint = (_mark, sign) => sign }: Look,
): string[] {
  const rows = rowsOf(summary, words, heading);
  const width = Math.max(...rows.map(({ label }) => columns(label)));
  const body = rows.flatMap(({ mark, label, text, more }) => {
    const sign = mark === 'none' ? ' ' : paint(mark, SIGNS[mark]);
    const gap = ' '.repeat(width - columns(label) + 2);
    const indent = ' '.repeat(width + 6);
    return [`  ${sign} ${label}${gap}${text}`, ...more.map((line) => `${indent}${line}`)];
  });
  return [words.summary.version(summary.version), headingOf(summary, words, heading), '', ...body];
}

function headingOf(summary: Summary, { summary: say, startup }: Catalogue, heading: Look['heading']): string {
  const marks = marksOf(summary);
  const link = summary.page?.link;
  if (heading === 'doctor') return isWhole(summary) ? say.wellChecked() : say.checked(marks);
  if (!isReady(summary)) return say.notReady();
  if (marks > 0) return say.partly(marks);
  return link === undefined ? say.ready() : startup.open(link);
}

function rowsOf(summary: Summary, words: Catalogue, heading: Look['heading']): Row[] {
  const { summary: say } = words;
  const { chats, page, origins, warnings, surroundings, log } = summary;
  const unused = origins.flatMap(({ service, problem }) =>
    problem && service !== BACKEND ? [{ service, problem }] : [],
  );
  const withOrigin = (row: Row, service: string): Row => {
    const origin = origins.find((one) => one.service === service);
    if (!origin) return row;
    const { from, overrules, problem } = origin;
    if (problem) return { ...row, mark: 'wrong', more: [...row.more, sentence(words, problem, 'operator')] };
    // at a start the environment needs no word, as long as nothing else speaks
    const isUsual = heading === 'start' && from === 'environment' && !overrules;
    return isUsual ? row : { ...row, more: [...row.more, say.origin(origin)] };
  };
  const settings = warnings.map((warning, index): Row => {
    const text = warned(warning, words);
    return { mark: 'look', label: index === 0 ? say.settings() : '', text, more: [] };
  });
  settings.at(-1)?.more.push(say.settingsFrom(surroundings));
  return [
    // the terminal needs no row of its own: it is read there
    ...(page === undefined ? [] : chats.map((chat) => withOrigin(chatRow(chat, words), chat.platform))),
    ...(page === undefined ? [] : unused.map(({ service, problem }) => unusedRow(service, problem, words))),
    withOrigin(backendRow(summary, words), BACKEND),
    templatesRow(summary, words),
    ...(page === undefined ? [] : [pageRow(page, chats.length > 0, words)]),
    dataRow(summary, words),
    ...(log === undefined ? [] : [{ mark: 'none' as const, label: say.log(), text: log, more: [] }]),
    ...settings,
  ];
}

/** What is set on the page and not used is not among the chats. */
function unusedRow(platform: string, problem: Problem, words: Catalogue): Row {
  return {
    mark: 'wrong',
    label: platformName(platform),
    text: sentence(words, problem, 'operator'),
    more: [],
  };
}

function chatRow(
  { platform, connected, problem, reason, notes, ...about }: ChatSummary,
  words: Catalogue,
): Row {
  const { summary: say } = words;
  const label = platformName(platform);
  const more = notes.map((note) => sentence(words, note, 'operator'));
  if (!connected) {
    const text =
      problem === undefined
        ? say.notConnected()
        : problem.code === 'chat-unreachable'
          ? silent(label, reason, words)
          : sentence(words, problem, 'operator');
    return { mark: 'wrong', label, text, more };
  }
  const { invite } = about;
  if (invite !== undefined) more.push(say.invite(invite));
  return { mark: notes.length > 0 ? 'look' : 'well', label, text: who(about, words) || '…', more };
}

function who({ as, home, guilds }: ChatAbout, { summary: say }: Catalogue): string {
  return joined([
    as !== undefined && say.as(as),
    home !== undefined && say.home(home),
    guilds !== undefined && say.guilds(guilds),
  ]);
}

/** Of one that has connected, or does not take its token, once the summary was told. */
export function chatLater({ platform, connected, problem, ...about }: ChatSummary, words: Catalogue): string {
  if (!connected && problem) return sentence(words, problem, 'operator');
  return words.summary.chatConnected(platformName(platform), who(about, words));
}

function backendRow({ backend, warnings, concurrency }: Summary, words: Catalogue): Row {
  const { summary: say } = words;
  const label = say.backend();
  const name = words.backendName(backend.name);
  const { version, classes, checkpoints, diffusionModels, problem, account = {}, notes = [] } = backend;
  if (!backend.answers) {
    const fault = problem && faultIn(problem);
    // the settings' own row says what to do
    const isWarned =
      fault === 'container-loopback' && warnings.some(({ code }) => code === 'loopback-in-container');
    const isSilent =
      isWarned ||
      problem === undefined ||
      (fault === undefined && (problem.code === 'backend-unreachable' || problem.code === 'backend-timeout'));
    const text = isSilent
      ? silent(name, backend.reason, words)
      : sentence(words, 'backend' in problem ? { ...problem, backend: name } : problem, 'operator');
    const advice = problem && adviceFor(problem, words, { warnings });
    // what the settings say of it stands there
    const isSaid = warnings.some((warning) => warned(warning, words) === advice);
    return { mark: 'wrong', label, text, more: advice === undefined || isSaid ? [] : [advice] };
  }
  const facts = [
    name,
    !backend.sandbox && version !== undefined && say.backendVersion(version),
    !backend.sandbox && (classes === undefined ? say.classesLater() : say.classes(classes)),
    !backend.sandbox && checkpoints !== undefined && say.checkpoints(checkpoints),
    !backend.sandbox &&
      diffusionModels !== undefined &&
      diffusionModels > 0 &&
      say.diffusionModels(diffusionModels),
    ...accountFacts(account, words),
  ];
  const hint = accountHint(account, concurrency, words);
  return {
    mark: isAtRest(account) || notes.length > 0 ? 'look' : 'well',
    label,
    text: joined(facts),
    more: [
      ...(backend.sandbox ? [words.terminal.sandbox()] : []),
      ...sentences(notes, words),
      // how many it is given at once is a setting
      ...accountAdvice({ ...account, atOnce: undefined }, concurrency, words),
      ...(hint === undefined ? [] : [hint]),
    ],
  };
}

function accountFacts(
  { tier, credits }: Account,
  { summary: { account: say } }: Catalogue,
): (string | false)[] {
  return [tier !== undefined && say.tier(tier), credits !== undefined && say.credits(credits)];
}

/** Of the faults that a chat's network can have too, in a few words. */
const WHY: Partial<Record<ConnectionFault, 'refused' | 'unknownName' | 'noRoute' | 'certificate'>> = {
  'nobody-listens': 'refused',
  'no-such-host': 'unknownName',
  'no-resolver': 'unknownName',
  'no-route': 'noRoute',
  'certificate-untrusted': 'certificate',
};

function silent(name: string, reason: string | undefined, { summary: say }: Catalogue): string {
  if (reason === undefined) return say.silent(name);
  const fault = faultOfCode(reason);
  const known = fault && WHY[fault];
  return known === undefined ? say.silentCode(name, reason) : say.silentBecause(name, known);
}

function templatesRow({ templates }: Summary, words: Catalogue): Row {
  const { summary: say } = words;
  const { count, folder, broken, unreadable } = templates;
  if (unreadable === true)
    return {
      mark: 'wrong',
      label: say.templates(),
      text: words.startup.templatesUnreadable(folder),
      more: [],
    };
  const more = broken.length === 0 ? [] : [say.broken(broken.length), ...sentences(broken, words)];
  const mark = count === 0 ? 'wrong' : broken.length > 0 ? 'look' : 'well';
  return { mark, label: say.templates(), text: say.fromFolder(count, folder), more };
}

function pageRow(
  { link, asksToken, host, taken, runs }: PageSummary,
  hasChats: boolean,
  { summary: say, startup }: Catalogue,
): Row {
  if (taken !== undefined)
    return { mark: 'wrong', label: say.page(), text: startup.portTaken(host, taken), more: [] };
  // it is a way in beside the chats, and may be off by choice
  const off = hasChats ? 'none' : 'wrong';
  return {
    mark: link === undefined ? off : 'well',
    label: say.page(),
    text: link ?? say.pageOff(host),
    more: [
      ...(link !== undefined && asksToken ? [say.asksToken()] : []),
      ...(link !== undefined && !hasChats ? [startup.connect()] : []),
      ...(runs === true ? [say.runs()] : []),
    ],
  };
}

function dataRow({ data, surroundings }: Summary, words: Catalogue): Row {
  const { summary: say, alerts, startup } = words;
  const { folder, store, total, fixed, budget, free, full, nearly, unusable, unreadable } = data;
  if (unusable === true)
    return { mark: 'wrong', label: say.data(), text: startup.dataUnusable(folder, surroundings), more: [] };
  if (unreadable !== undefined) return { mark: 'wrong', label: say.data(), text: unreadable, more: [] };
  const facts = [
    folder,
    store,
    total !== undefined && say.used(total, budget),
    free !== undefined && say.free(free),
  ];
  const why = full ?? nearly;
  const more =
    why === 'budget' && budget !== undefined && fixed !== undefined
      ? alerts.diskBudget(fixed, budget, full !== undefined)
      : why !== undefined && free !== undefined
        ? [sentence(words, { code: 'disk-nearly-full', free }, 'operator')]
        : [];
  const mark = full !== undefined ? 'wrong' : why !== undefined ? 'look' : 'well';
  return { mark, label: say.data(), text: joined(facts), more };
}

const sentences = (problems: readonly Problem[], words: Catalogue): string[] =>
  problems.map((problem) => sentence(words, problem, 'operator'));

const joined = (facts: (string | false | undefined)[]): string =>
  facts.filter((fact) => fact !== false && fact !== undefined && fact !== '').join(' · ');

const COLOURS = { well: 'green', look: 'yellow', wrong: 'red' } as const;

/** For a terminal that shows them. */
export function inColour(mark: keyof typeof COLOURS, sign: string): string {
  return styleText(COLOURS[mark], sign, { validateStream: false });
}

/** East Asian letters take two columns of a terminal. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g;
const columns = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);
