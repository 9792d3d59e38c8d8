/**
 * Feeds a border with bent input and counts what comes of it. An input is accepted, refused with a sentence, or a
 * crash: anything thrown that is no EaselError, a refusal without a sentence, a promise that nobody caught, or a
 * call that takes longer than a second. Each input has a seed of its own, so that one can be fed again alone.
 */
import { inspect } from 'node:util';
import { EaselError, type Problem } from '../../src/core/errors.ts';
import { catalogue, sentence } from '../../src/i18n/index.ts';
import { createRandom, type Random } from '../fakes/random.ts';

export type Outcome = 'accepted' | 'refused';

export interface Feed {
  random: Random;
  /** What is fed, to be shown if it crashes. */
  show: (input: unknown) => void;
}

/** One place where something from outside comes in. */
export interface Border {
  name: string;
  open(): Promise<OpenBorder>;
}

export interface OpenBorder {
  /** Throws EaselError for what is refused. */
  feed(feed: Feed): Promise<Outcome> | Outcome;
  close?(): Promise<void>;
}

interface Crash {
  input: number;
  error: string;
  shown: string;
}

export interface Report {
  name: string;
  inputs: number;
  accepted: number;
  refused: number;
  crashes: number;
  /** The first few of them. */
  first: Crash[];
  /** The longest call, in ms. */
  slowest: number;
  seconds: number;
}

export interface RunOptions {
  seed: number;
  count: number;
  /** Only this input. */
  at?: number | undefined;
}

const SLOW_MS = 1000;
const MAX_SHOWN = 3;
const MAX_INPUT = 600;

export async function fuzz(border: Border, { seed, count, at }: RunOptions): Promise<Report> {
  const report: Report = {
    name: border.name,
    inputs: 0,
    accepted: 0,
    refused: 0,
    crashes: 0,
    first: [],
    slowest: 0,
    seconds: 0,
  };
  let input = at ?? 0;
  let shown: unknown;
  const crash = (error: unknown): void => {
    report.crashes += 1;
    if (report.first.length >= MAX_SHOWN) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
    report.first.push({ input, error: text, shown: inspected(shown) });
  };
  const begin = performance.now();
  const opened = await border.open();
  process.on('unhandledRejection', crash);
  try {
    for (const last = at ?? count - 1; input <= last; input += 1) {
      shown = undefined;
      report.inputs += 1;
      const random = createRandom(Math.imul(seed, 0x9e3779b1) + input);
      const start = performance.now();
      try {
        report[await opened.feed({ random, show: (fed) => (shown = fed) })] += 1;
      } catch (error) {
        if (isRefusal(error)) report.refused += 1;
        else crash(error);
      }
      const took = performance.now() - start;
      report.slowest = Math.max(report.slowest, took);
      if (took > SLOW_MS) crash(new Error(`it took ${Math.round(took)} ms`));
      // promises that nobody caught are told of between two turns of the event loop
      if (input % 100 === 99) await new Promise(setImmediate);
    }
    await new Promise(setImmediate);
  } finally {
    process.off('unhandledRejection', crash);
    await opened.close?.();
  }
  report.seconds = (performance.now() - begin) / 1000;
  return report;
}

function isRefusal(error: unknown): boolean {
  return error instanceof EaselError && hasSentence(error.problem);
}

/** Whether the catalogue has words for it that fit a chat. */
export function hasSentence(problem: Problem): boolean {
  try {
    const text = sentence(catalogue('en'), problem, 'person');
    return text.trim() !== '' && text.length < 4000 && problem.code !== 'internal';
  } catch {
    return false; // what should be a text in it is none
  }
}

function inspected(value: unknown): string {
  try {
    const text =
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : inspect(value, { depth: 8 });
    return text.length > MAX_INPUT ? `${text.slice(0, MAX_INPUT)}… (${text.length})` : text;
  } catch {
    return 'too deep to be shown';
  }
}
