/** What is not yet said by messages, in Japanese. */
import type { Catalogue } from './en.ts';
import { door } from './ja/web/door.ts';
import { frame } from './ja/web/frame.ts';
import { chat } from './ja/web/chat.ts';
import { studio } from './ja/web/studio.ts';
import { connect as connectPage } from './ja/web/connect.ts';
import { operator } from './ja/web/operator.ts';

export const ja: Catalogue = {
  web: { page: { frame, chat, studio, operator, connect: connectPage }, door },
};
