/** The messages that a page shows, as they come: the newest ones first of all, older ones when they are asked for. Pure. */
/** @import { Earlier, Message } from '../../api.ts' */

/**
 * `earlier`: where older ones go on, absent where there are none.
 *
 * @typedef {{ messages: Message[], earlier: string | undefined }} List
 */

/** A page that stays open for days lets go of what came first. */
export const MOST = 400;

/** @param {Message} a @param {Message} b */
function isBefore(a, b) {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/**
 * The newest ones anew, after a lost connection too: older ones that were there stay, unless some between were missed.
 *
 * @param {List} list @param {Earlier} fresh @returns {List}
 */
export function withNewest(list, { messages, earlier }) {
  const [oldest] = messages;
  const last = list.messages.at(-1);
  if (!oldest || !last || earlier === undefined || isBefore(last, oldest)) return { messages, earlier };
  const known = new Set(messages.map(({ id }) => id));
  const older = list.messages.filter((one) => !known.has(one.id) && isBefore(one, oldest));
  return older.length === 0
    ? { messages, earlier }
    : { messages: [...older, ...messages], earlier: list.earlier };
}

/** Older ones, in front. @param {List} list @param {Earlier} page @returns {List} */
export function withEarlier(list, { messages, earlier }) {
  const known = new Set(list.messages.map(({ id }) => id));
  return { messages: [...messages.filter(({ id }) => !known.has(id)), ...list.messages], earlier };
}

/** New or changed. @param {List} list @param {Message} message @returns {List} */
export function withMessage(list, message) {
  const { messages, earlier } = list;
  if (messages.some(({ id }) => id === message.id))
    return { messages: messages.map((old) => (old.id === message.id ? message : old)), earlier };
  const [oldest] = messages;
  // it is further back than what is shown
  if (earlier !== undefined && oldest && isBefore(message, oldest)) return list;
  return bounded({ messages: [...messages, message], earlier });
}

/** @param {List} list @returns {List} */
function bounded(list) {
  const { messages } = list;
  if (messages.length <= MOST) return list;
  const kept = messages.slice(-MOST);
  const [oldest] = kept;
  return { messages: kept, earlier: oldest ? `${oldest.at}_${oldest.id}` : list.earlier };
}
