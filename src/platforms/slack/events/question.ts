/** A question about what was typed, as a message with a button for each answer. */
import type { Entered, Intent } from '../../../commands/index.ts';
import { EaselError } from '../../../core/errors.ts';
import { BLOCK } from '../limits.ts';
import { lineText } from '../replies/lines.ts';
import { privately, tell, type Asked, type CommandOptions } from '../replies/private.ts';
import { escape, packed } from '../replies/render.ts';
import { button, section } from '../screens/blocks.ts';
import { showOutcome, type ShowOptions } from '../screens/show-screen.ts';
import { carriedIn, handlePressed, orAsked } from './run.ts';

/** What their ids begin with: each in a message has another one. */
const ANSWER = 'answer:';
export const ANSWERS = /^answer:/;

/** Rejects with what is to be told. */
export async function putQuestion(
  { caller, conversation, files = [] }: Asked,
  intent: Extract<Intent, { kind: 'ask' }>,
  options: CommandOptions,
): Promise<void> {
  const { commands, signal } = options;
  const attach = (typed: Entered): Entered => ({ ...typed, ...carriedIn(intent.template, files, options) });
  const { screen } = await commands.carryOut(caller, intent, { attach, signal });
  if (!screen) throw new EaselError({ code: 'form-expired' });
  const lines = [`*${escape(screen.title)}*`, ...screen.lines.map(lineText)];
  const answers = screen.actions.map(({ key, label }) =>
    button(`${ANSWER}${key}`, label, [key, screen.at, conversation.thread ?? ''].join(' ')),
  );
  const blocks = [
    ...packed(lines, '\n', BLOCK.section).map(section),
    { type: 'actions' as const, elements: answers },
  ];
  await tell(caller, conversation, lines.join('\n'), options, blocks);
}

/** `value`: of the button. Its job's reply goes where the question was asked. Never rejects. */
export async function handleAnswer(asked: Asked, value: string, options: ShowOptions): Promise<void> {
  const { caller } = asked;
  const { channel, thread: here } = asked.conversation;
  const [key = '', at = '', thread = ''] = value.split(' ');
  const isQuestion = at.startsWith('ask/');
  const conversation = { channel, thread: thread === '' ? here : thread };
  const there = { ...asked, conversation };
  await privately(caller, conversation, options, async () => {
    if (!isQuestion) throw new EaselError({ code: 'form-expired' });
    await orAsked(there, options, async () => {
      const outcome = await options.commands.screens.act(caller, at, key, {}, { signal: options.signal });
      const { prepared } = outcome;
      if (!prepared) return showOutcome({ caller, conversation }, Promise.resolve(outcome), options);
      return handlePressed(there, async () => prepared, options);
    });
  });
}
