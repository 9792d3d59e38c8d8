/** What is not yet said by messages, in Simplified Chinese. */
import type { Catalogue } from './en.ts';
import { door } from './zh/web/door.ts';
import { frame } from './zh/web/frame.ts';
import { chat } from './zh/web/chat.ts';
import { studio } from './zh/web/studio.ts';
import { connect as connectPage } from './zh/web/connect.ts';
import { operator } from './zh/web/operator.ts';

export const zh: Catalogue = {
  web: { page: { frame, chat, studio, operator, connect: connectPage }, door },
};
