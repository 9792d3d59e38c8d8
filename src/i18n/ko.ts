/** What is not yet said by messages, in Korean. */
import type { Catalogue } from './en.ts';
import { door } from './ko/web/door.ts';
import { frame } from './ko/web/frame.ts';
import { chat } from './ko/web/chat.ts';
import { studio } from './ko/web/studio.ts';
import { connect as connectPage } from './ko/web/connect.ts';
import { operator } from './ko/web/operator.ts';

export const ko: Catalogue = {
  web: { page: { frame, chat, studio, operator, connect: connectPage }, door },
};
