/** What somebody has typed, or pressed in a message, and what they see then: words for them alone, or a form. */
import type { types } from '@slack/bolt';
import type { Outcome } from '../../../commands/index.ts';
import type { Screen } from '../../../core/screen.ts';
import { soon } from '../../../core/time.ts';
import { catalogue } from '../../../i18n/index.ts';
import { sendFiles } from '../replies/files.ts';
import { lineText } from '../replies/lines.ts';
import { ask, screenLines, tellLines, type Asked, type CommandOptions } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import { message, openLate } from './outcome.ts';
import { isUsable, renderScreen } from './render-screen.ts';

/** The button in a message that opens a screen; its value says which. */
export const OPEN = 'open';
/** What a form is called before it is known. */
const UNTITLED = 'Easel';

export interface ShowOptions extends CommandOptions {
  /** The channel of a person's direct messages with Easel. */
  direct: (user: string) => Promise<string>;
}

/** Rejects with what is to be told. */
export async function showOutcome(
  asked: Asked,
  making: Promise<Outcome>,
  options: ShowOptions,
): Promise<void> {
  const { caller, conversation, trigger } = asked;
  const { patienceMs, clock, signal, client } = options;
  const first = trigger === undefined ? await making : await soon(patienceMs, making, clock, signal);
  if (!first) {
    // its trigger would not live to see what comes of it
    const view = making.then(async (outcome) => viewOf(asked, await seen(asked, outcome, options)));
    return openLate(trigger ?? '', { caller, title: UNTITLED, making: view }, options);
  }
  const what = await seen(asked, first, options);
  if (what.lines) return tellLines(asked, what.lines, options);
  const { screen } = what;
  if (!isUsable(screen)) return tellLines(asked, screenLines(screen), options);
  if (trigger !== undefined) {
    await client.views.open({ trigger_id: trigger, view: viewOf(asked, what) });
    return undefined;
  }
  const { openForm } = catalogue(caller.locale).slack;
  const lines = [`*${escape(screen.title)}*`, ...screen.lines.map(lineText)];
  return ask({ caller, conversation }, lines, { action: OPEN, label: openForm(), value: screen.at }, options);
}

/** The same for a screen in which nothing was done yet. */
export async function showScreen(asked: Asked, making: Promise<Screen>, options: ShowOptions): Promise<void> {
  const outcome = making.then((screen): Outcome => ({ done: [], screen }));
  await showOutcome(asked, outcome, options);
}

/** What to say of what was done, as mrkdwn; files are on their way then, as a direct message. */
export async function doneLines(
  { caller }: Pick<Asked, 'caller'>,
  { done, files = [] }: Outcome,
  { direct, upload }: ShowOptions,
): Promise<string[]> {
  const lines = done.map(lineText);
  if (files.length === 0) return lines;
  await sendFiles(files, { channel: await direct(caller.user), comment: lines.join('\n') }, upload);
  return [escape(catalogue(caller.locale).slack.sentDirectly())];
}

/** What was done says it all; the screen is for when there is nothing to say. */
type Seen = { lines: string[] } | { lines?: undefined; screen: Screen };

async function seen(asked: Asked, outcome: Outcome, options: ShowOptions): Promise<Seen> {
  const { failed, screen } = outcome;
  if (failed && screen) return { lines: whyNot(screen) };
  const lines = await doneLines(asked, outcome, options);
  return lines.length > 0 || !screen ? { lines } : { screen };
}

function viewOf({ caller: { locale }, conversation }: Asked, what: Seen): types.ModalView {
  if (what.lines) return message(UNTITLED, what.lines, locale);
  return renderScreen(what.screen, { ...conversation, under: [] }, locale);
}

/** What stands at a field, or on top. */
function whyNot({ fields, lines }: Screen): string[] {
  const wrong = fields.find(({ problem }) => problem !== undefined)?.problem;
  return wrong === undefined ? lines.slice(0, 1).map(lineText) : [escape(wrong)];
}
