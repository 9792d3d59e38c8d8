/** Lines of a screen as text, for messages: they are kept as what was said, and a page reads moments in its own zone. */
import { dayMark } from '../../core/moment.ts';
import type { Line, Part } from '../../core/screen.ts';

export function lineText({ parts }: Line): string {
  return parts.map(partText).join('');
}

function partText(part: Part): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'person':
    case 'role':
    case 'channel':
      return part.id;
    case 'date':
      return dayMark(part.at);
    case 'picture':
      return part.file;
  }
}
