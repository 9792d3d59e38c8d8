/**
 * Slack wants to know within 3 seconds what becomes of a submitted form, and a form must be opened within 3 seconds of
 * the click. What may take longer, such as fetching a file, shows "one moment" first and is put in its place later.
 */
import type { types, ViewResponseAction } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../../core/caller.ts';
import { soon } from '../../../core/time.ts';
import { catalogue } from '../../../i18n/index.ts';
import { acknowledging } from '../events/acknowledge.ts';
import { modal, section } from './blocks.ts';
import { blameOf, slackError } from '../errors.ts';
import { patiently } from '../replies/patiently.ts';
import { refused, problemText, type CommandOptions } from '../replies/private.ts';

type FormOptions = Pick<CommandOptions, 'client' | 'clock' | 'log' | 'signal' | 'patienceMs'>;

/** What becomes of a submitted form. */
export interface Settled {
  /** Undefined closes the form. */
  answer: ViewResponseAction | undefined;
  /** Shown instead when the answer came too late. */
  late: types.ModalView;
  /** It may be tried again: a repeated delivery is not answered from memory. */
  again?: boolean;
  /** A job to begin as the form closes: `heard` closes it, once nothing can be lost any more. Never rejects. */
  begin?: (acknowledge: () => Promise<void>) => Promise<void>;
}

/** Submissions remembered, so that one that Slack delivers twice, within minutes, does its work once. */
const MAX_REMEMBERED = 500;

/** A view that says something and offers nothing. `lines` are mrkdwn. */
export function message(title: string, lines: string[], locale: string): types.ModalView {
  return modal({ title, close: catalogue(locale).form.close(), blocks: [section(lines.join('\n'))] });
}

export function errorsAt(errors: Record<string, string>, late: types.ModalView): Settled {
  return { answer: { response_action: 'errors', errors }, late, again: true };
}

export function replacedBy(view: types.ModalView, again = false): Settled {
  return { answer: { response_action: 'update', view }, late: view, again };
}

interface Submitted {
  view: { id: string; hash: string };
  ack: (answer?: ViewResponseAction) => Promise<void>;
  caller: Caller;
  title: string;
}

export type Settle = (submitted: Submitted, work: () => Promise<Settled>) => Promise<void>;

/** Answers submissions. Whatever `work` throws becomes a view that says so. */
export function createSettle(options: FormOptions): Settle {
  const remembered = new LRUCache<string, Promise<Settled>>({ max: MAX_REMEMBERED });

  return async ({ view, ack, caller, title }, work) => {
    const key = `${view.id}/${view.hash}`;
    const known = remembered.get(key);
    const outcome = known ?? outcomeOf(work, caller, title, options);
    if (!known) remembered.set(key, outcome);
    const first = await soon(options.patienceMs, outcome, options.clock, options.signal);
    if (first?.again) remembered.delete(key);
    // one that was delivered twice begins it once
    const begin = known ? undefined : first?.begin;
    if (begin) return acknowledging(() => ack(), options.clock, begin);
    if (first) return first.answer ? ack(first.answer) : ack();
    await ack({ response_action: 'update', view: oneMoment(title, caller.locale) });
    const settled = await outcome;
    if (settled.again) remembered.delete(key);
    if (!known) await settled.begin?.(async () => undefined);
    await replace(view.id, settled.late, options, caller);
  };
}

async function outcomeOf(
  work: () => Promise<Settled>,
  caller: Caller,
  title: string,
  options: FormOptions,
): Promise<Settled> {
  try {
    return await work();
  } catch (error) {
    return replacedBy(message(title, [refused(caller, error, options)], caller.locale));
  }
}

/** Opens "one moment" and puts what comes of `making` in its place, or why nothing did. Rejects when it cannot be opened. */
export async function openLate(
  trigger: string,
  { caller, title, making }: { caller: Caller; title: string; making: Promise<types.ModalView> },
  options: FormOptions,
): Promise<void> {
  const { locale } = caller;
  making.catch(() => undefined); // it is told below
  const opened = await options.client.views.open({ trigger_id: trigger, view: oneMoment(title, locale) });
  const made = await making.catch((error: unknown) =>
    message(title, [refused(caller, error, options)], locale),
  );
  await replace(opened.view?.id ?? '', made, options, caller);
}

/**
 * Puts a view in the place of an open one; somebody may have closed that meanwhile. One that Slack does not take becomes
 * one that says so: nobody is left with "one moment". Never rejects.
 */
export async function replace(
  id: string,
  view: types.ModalView,
  { client, clock, log, signal }: FormOptions,
  caller: Caller,
): Promise<void> {
  const ref = crypto.randomUUID();
  for (const each of [view, instead(view, ref, caller)])
    try {
      await patiently(() => client.views.update({ view_id: id, view: each }), clock, signal);
      return;
    } catch (error) {
      if (slackError(error).code === 'not_found') return log.debug({ err: error }, 'a form was closed');
      log.error({ ref, err: error }, 'a form could not be changed');
      const blame = blameOf(error);
      // a newer one stands there already
      const isPast = slackError(error).next === 'late';
      if (blame === undefined || blame === 'place' || isPast) return;
    }
}

function instead(view: types.ModalView, ref: string, caller: Caller): types.ModalView {
  return message(view.title.text, [problemText(caller, { code: 'internal', ref })], caller.locale);
}

function oneMoment(title: string, locale: string): types.ModalView {
  return message(title, [catalogue(locale).slack.oneMoment()], locale);
}
