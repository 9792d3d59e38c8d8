/** A question before a run, and what is pressed in it. */
import type { RespondFn } from '@slack/bolt';
import { isQuestion, type Entered, type Intent } from '../../../commands/index.ts';
import { EaselError } from '../../../core/errors.ts';
import { privately, type Asked } from '../replies/private.ts';
import { showOutcome, type ShowOptions } from '../screens/show-screen.ts';
import { ANSWER, questionMessage, showQuestion } from '../screens/show-question.ts';
import { carriedIn, handlePressed } from './run.ts';

export const ANSWERS = new RegExp(`^${ANSWER}`);

/** About what was typed. Rejects with what is to be told. */
export async function putQuestion(
  asked: Asked,
  intent: Extract<Intent, { kind: 'ask' }>,
  options: ShowOptions,
): Promise<void> {
  const { caller, files = [] } = asked;
  const { commands, signal } = options;
  const attach = (typed: Entered): Entered => ({ ...typed, ...carriedIn(intent.template, files, options) });
  const { screen } = await commands.carryOut(caller, intent, { attach, signal });
  if (!screen) throw new EaselError({ code: 'form-expired' });
  await showQuestion(asked, screen, options);
}

/**
 * `value`: of the button. Its job's reply goes where the question was asked, whose message says then what was chosen, and has no
 * buttons any more. Never rejects.
 */
export async function handleAnswer(
  asked: Asked,
  value: string,
  respond: RespondFn,
  options: ShowOptions,
): Promise<void> {
  const { caller } = asked;
  const { commands, signal } = options;
  const { channel, thread: here } = asked.conversation;
  const [key = '', at = '', thread = ''] = value.split(' ');
  const conversation = { channel, thread: thread === '' ? here : thread };
  const there = { ...asked, conversation };
  await privately(caller, conversation, options, async () => {
    if (!isQuestion(at)) throw new EaselError({ code: 'form-expired' });
    const outcome = await commands.screens.act(caller, at, key, {}, { signal });
    const { prepared, screen, failed } = outcome;
    if (prepared) await handlePressed(there, async () => prepared, options);
    else if (screen && !failed && screen.at !== at) await showQuestion(there, screen, options);
    else if (failed) await showOutcome(there, Promise.resolve(outcome), options);
    await asked.acknowledge?.();
    const now = await commands.screens.open(caller, at);
    if (now.actions.length === 0 && !now.menus) await put(now);
  });

  async function put(screen: Parameters<typeof questionMessage>[0]): Promise<void> {
    await respond({ replace_original: true, ...questionMessage(screen) }).catch((error: unknown) => {
      // who presses once more is told what was chosen
      options.log.warn({ guild: caller.guild, err: error }, 'an answered question kept its buttons');
    });
  }
}
