/** Job and view → the message that the page shows. Text stays plain: the page makes no markup of it. */
import { jobTitle, type Job } from '../../core/job.ts';
import { dayMark } from '../../core/moment.ts';
import type { Line } from '../../core/screen.ts';
import { clip, oneLine } from '../../core/text.ts';
import type { View } from '../../core/view.ts';
import { lineText, plainPart } from '../kit/screen-text.ts';
import type { Message, Reply } from './api.ts';
import { ReplyAddress } from './context.ts';

/** Of what was asked, in UTF-16 units. */
const MAX_ASKED = 500;

export function renderReply(
  { tone, title, status, said, fraction, facts, notes, links = [], demo, buttons }: View,
  files: Reply['files'],
  preview?: string,
): Reply {
  return {
    tone,
    title,
    status,
    facts,
    notes,
    files,
    buttons: buttons.map(({ action, label }) => ({ action, label })),
    ...(said !== undefined && { said }),
    ...(demo !== undefined && { demo }),
    ...(links.length > 0 && { links: [...links] }),
    ...(fraction !== undefined && { fraction }),
    ...(preview !== undefined && { preview }),
  };
}

export function renderMessage(job: Job, reply: Reply): Message {
  const { asked = commandOf(job), draft } = ReplyAddress.parse(job.reply);
  const pictures = new Set(job.images.map(({ slot }) => slot));
  const values = Object.entries(job.values)
    .filter(([slot]) => !pictures.has(slot))
    .map(([slot, value]): [string, string] => [slot, String(value)]);
  return {
    id: job.id,
    at: job.times.queued,
    asked: clip(oneLine(asked), MAX_ASKED),
    template: job.template.name,
    values: Object.fromEntries(values),
    reply,
    ...(draft !== undefined && { draft }),
  };
}

function commandOf(job: Job): string {
  const command = `/${job.template.name}`;
  const title = jobTitle(job);
  return title === command ? command : `${command} ${title}`;
}

/** A line of a screen as a message keeps it: a page tells moments in its own zone. */
export function messageLine(line: Line): string {
  return lineText(line, (part) => (part.kind === 'date' ? dayMark(part.at) : plainPart(part)));
}
