/** What is not yet said by messages, in English. The other languages have exactly this shape. */
import { door } from './en/web/door.ts';
import { frame } from './en/web/frame.ts';
import { chat } from './en/web/chat.ts';
import { studio } from './en/web/studio.ts';
import { connect as connectPage } from './en/web/connect.ts';
import { operator } from './en/web/operator.ts';
import type { PageWords } from './page-words.ts';

/** As any other language has them: the types of `en` are not of its very texts. */
const page: PageWords = { frame, chat, studio, operator, connect: connectPage };

export const en = { web: { page, door } };

export type Catalogue = typeof en;
