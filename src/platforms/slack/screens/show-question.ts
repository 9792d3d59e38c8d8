/** A question before a run: few answers are buttons in a message, more are a form. */
import { isQuestion } from '../../../commands/index.ts';
import type { Screen } from '../../../core/screen.ts';
import { BLOCK } from '../limits.ts';
import { lineText } from '../replies/lines.ts';
import { tell, type Asked } from '../replies/private.ts';
import { escape, packed, type SlackMessage } from '../replies/render.ts';
import { button, section } from './blocks.ts';
import { showScreen, type ShowOptions } from './show-screen.ts';

/** What their ids begin with: each in a message has another one. */
export const ANSWER = 'answer:';

/** Rejects with what is to be told. */
export async function showQuestion(asked: Asked, screen: Screen, options: ShowOptions): Promise<void> {
  const { caller, conversation } = asked;
  if (!isQuestion(screen.at) || (screen.menus ?? []).length > 0)
    return showScreen(asked, Promise.resolve(screen), options);
  const { text, blocks } = questionMessage(screen, conversation.thread);
  return tell(caller, conversation, text, options, blocks);
}

/** As a message; `thread`: where it was asked. With its answer it has no buttons. */
export function questionMessage(screen: Screen, thread = ''): Required<SlackMessage> {
  const { title, at } = screen;
  const lines = [`*${escape(title)}*`, ...screen.lines.map(lineText)];
  const answers = screen.actions.map(({ key, label }) =>
    button(`${ANSWER}${key}`, label, [key, at, thread].join(' ')),
  );
  const said = packed(lines, '\n', BLOCK.section).map(section);
  return {
    text: lines.join('\n'),
    blocks: answers.length === 0 ? said : [...said, { type: 'actions', elements: answers }],
  };
}
