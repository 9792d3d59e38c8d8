/** View → message, screen → card: plain lines, boxes and buttons. */
import { possibleActs } from '../../../src/commands/typed/act-line.ts';
import { plainMoment, withMoments } from '../../../src/core/moment.ts';
import type { StoredFile } from '../../../src/core/files.ts';
import type { Screen } from '../../../src/core/screen.ts';
import type { View } from '../../../src/core/view.ts';
import { catalogue } from '../../../src/i18n/index.ts';
import { fieldLines, lineText } from '../../../src/platforms/kit/screen-text.ts';
import type { Card, Message } from './protocol.ts';

export function renderMessage(id: string, view: View, files: readonly StoredFile[] = []): Message {
  const { tone, title, status, said = [], facts, notes, buttons } = view;
  return {
    id,
    tone,
    title,
    lines: [status, said, facts.map(({ name, value }) => `${name} ${value}`), notes].flat().map(plain),
    buttons,
    files: files.map(({ name, type, size }) => ({ name, type, size })),
  };
}

export function plain(text: string): string {
  return withMoments(text, (at) => plainMoment(at, 0));
}

export function renderCard(screen: Screen, locale: string): Card {
  const { at, title, save, lines, items = [], fields } = screen;
  return {
    at,
    title,
    save,
    lines: [...lines, ...items.flatMap((item) => item.lines)].map((line) => plain(lineText(line))),
    boxes: fields.map((field) => ({
      key: field.key,
      lines: fieldLines(field, catalogue(locale)),
      takes: field.kind === 'file' ? 'file' : 'text',
      problem: field.problem,
    })),
    acts: possibleActs(screen),
  };
}
