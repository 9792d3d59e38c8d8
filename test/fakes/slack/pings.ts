/** Whom a message would notify. */
import { mentionsIn, textsIn } from './block-walk.ts';

const MENTION =
  /<!(?:channel|here|everyone)(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>/g;
const BARE = /(?<![\w<])@(?:channel|here|everyone)\b/g;

/** `linked`: with `link_names` or `parse: full` Slack also understands names that are not in angle brackets. */
export function pingsIn(text: string, blocks: readonly unknown[], linked: boolean): string[] {
  const words = [text, ...textsIn(blocks).flatMap((one) => (one.type === 'mrkdwn' ? [one.text] : []))];
  const mentions = blocks.flatMap((block) => mentionsIn(block));
  const marks = words.flatMap((one) => [
    ...(one.match(MENTION) ?? []),
    ...(linked ? (one.match(BARE) ?? []) : []),
  ]);
  return [...mentions, ...marks];
}
