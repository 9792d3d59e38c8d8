/** The summary as the facts of one line of the log. Pure. */
import { adviceFor } from '../../commands/operator/advice.ts';
import type { Problem } from '../../core/errors.ts';
import { isReady, marksOf, type PageSummary, type Summary } from '../../core/summary.ts';
import { english } from '../../i18n/index.ts';
import { sentence, warned } from '../../i18n/index.ts';

/** In English. Without the page's key: a log is kept, and read by others. */
export function summaryFacts(summary: Summary): Record<string, unknown> {
  const { chats, backend, templates, page, data, origins, warnings, version, surroundings } = summary;
  const said = (problems: readonly Problem[]) =>
    problems.map((problem) => ({ ...problem, says: sentence(english(), problem, 'operator') }));
  const { problem, notes: odd = [], ...rest } = backend;
  const advice = problem && adviceFor(problem, english(), summary);
  return {
    ready: isReady(summary),
    marks: marksOf(summary),
    version,
    surroundings,
    chats: chats.map(({ notes, problem: why, ...chat }) => ({
      ...chat,
      ...(why && { problem: { ...why, says: sentence(english(), why, 'operator') } }),
      ...(notes.length > 0 && { notes: said(notes) }),
    })),
    backend: {
      ...rest,
      ...(problem && { problem: { ...problem, says: sentence(english(), problem, 'operator') } }),
      ...(advice !== undefined && { advice }),
      ...(odd.length > 0 && { notes: said(odd) }),
    },
    templates: { ...templates, broken: said(templates.broken) },
    ...(page && { page: pageFacts(page) }),
    data,
    ...(origins.length > 0 && {
      origins: origins.map(({ problem: why, ...origin }) => ({
        ...origin,
        ...(why && { problem: { ...why, says: sentence(english(), why, 'operator') } }),
      })),
    }),
    ...(warnings.length > 0 && {
      warnings: warnings.map((warning) => ({ ...warning, says: warned(warning, english()) })),
      settings: english().summary.settingsFrom(surroundings),
    }),
  };
}

function pageFacts({ link, asksToken, host }: PageSummary): Record<string, string> {
  if (link === undefined) return { off: english().summary.pageOff(host) };
  return { address: new URL(link).origin, opens: asksToken ? 'ADMIN_TOKEN' : english().summary.lostLink() };
}
