/** What the pages in the browser are given of the catalogue. Their scripts are checked against the English texts. */
import type { chat } from './en/web/chat.ts';
import type { connect } from './en/web/connect.ts';
import type { frame } from './en/web/frame.ts';
import type { operator } from './en/web/operator.ts';
import type { studio } from './en/web/studio.ts';

/** As they stand in English: a name in braces is a parameter. */
export interface PageTexts {
  frame: typeof frame;
  chat: typeof chat;
  studio: typeof studio;
  operator: typeof operator;
  connect: typeof connect;
}

/** The same in any language. */
export type PageWords = { [Room in keyof PageTexts]: Record<keyof PageTexts[Room], string> };

/** The names in braces. */
export type ParametersOf<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;
