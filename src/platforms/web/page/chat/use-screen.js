/** A screen that is open in a message: where it is, what was entered into each that was seen, and what is done in it. */
/** @import { Line, Screen } from '../../../../core/screen.ts' */
/** @import { Deed, Done } from '../../api.ts' */
/** @import { Edits } from './entered.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, Refused, sentenceOf } from '../shared/frame.js';
import { changedIn, deedOf, leftOf } from './entered.js';

/**
 * @typedef {object} Held
 * @property {Screen | undefined} screen
 * @property {Record<string, Edits>} kept what was entered, by the screen's address
 * @property {Edits} before as it was when the screen came: what is wrong stays so until it is changed
 * @property {readonly Line[]} done what the last press has done
 * @property {string} error what no field and no line of the screen says
 * @property {number} failures how many there were, so that each of them is noticed
 * @property {number} visits of another screen than the one before
 * @property {boolean} left there is nothing more to see
 */

/** @type {Held} */
const NOTHING = {
  screen: undefined,
  kept: {},
  before: {},
  done: [],
  error: '',
  failures: 0,
  visits: 0,
  left: false,
};
/** The action that leads to a screen's parent, as `core/screen.ts` has it. */
export const BACK = 'back';

/**
 * @param {object} options
 * @param {string} options.message its id
 * @param {string | undefined} options.at where the message is; it may have moved in another tab
 * @param {boolean} options.open nothing is asked before
 * @param {() => void} options.onBegun a job or files came of it, in the chat
 */
export function useScreen({ message, at, open, onBegun }) {
  const [held, setHeld] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const pressing = useRef(false);
  const heard = useRef(/** @type {string | undefined} */ (undefined));
  const { screen, kept, before } = held;
  const edits = (screen && kept[screen.at]) ?? {};

  const load = async (/** @type {string} */ wanted) => {
    setBusy(true);
    try {
      /** @type {Screen} */
      const found = await ask(`/api/screen?${new URLSearchParams({ at: wanted })}`);
      setHeld((was) => ({ ...visited(was, found), done: [], error: '' }));
    } catch (error) {
      setHeld((was) => ({ ...was, done: [], error: sentenceOf(error) }));
    }
    setBusy(false);
  };
  useEffect(() => {
    if (!open || busy || at === undefined || heard.current === at) return;
    heard.current = at;
    if (at !== screen?.at) void load(at);
  }, [open, busy, at]);

  const isDirty = screen !== undefined && changedIn(screen, edits).length > 0;
  useEffect(() => {
    if (!isDirty) return undefined;
    const stay = (/** @type {Event} */ event) => event.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [isDirty]);

  /** @param {string} action @param {{ entered?: Deed['entered'], redraw?: boolean }} [more] */
  const press = async (action, { entered = {}, redraw = false } = {}) => {
    if (pressing.current || !screen) return;
    pressing.current = true;
    setBusy(true);
    setHeld((was) => ({ ...was, done: [], error: '' }));
    try {
      /** @type {Done} */
      const answer = await ask(
        '/api/screen',
        deedOf(screen, action, redraw ? {} : edits, { entered, message }),
      );
      setHeld((was) => came(was, answer, { from: screen, sent: edits, action, redrawn: redraw && entered }));
      if (answer.message !== undefined) onBegun();
      const { screen: form } = answer;
      if (!form || !isOver(screen, action, answer)) return;
      /** @type {Done} */
      const parent = await ask('/api/screen', deedOf(form, BACK, {}, { message }));
      setHeld((was) => came(was, parent, { from: form, sent: {}, action: BACK, redrawn: false }));
    } catch (error) {
      setHeld((was) => refused(was, screen, edits, error));
    } finally {
      pressing.current = false;
      setBusy(false);
    }
  };

  /** @param {string} key @param {Edits[string]} value */
  const hold = (key, value) => {
    if (!screen) return;
    const { at: here } = screen;
    setHeld((was) => ({ ...was, kept: { ...was.kept, [here]: { ...was.kept[here], [key]: value } } }));
  };
  /** @param {string} key */
  const problemOf = (key) =>
    edits[key] === before[key] ? screen?.fields.find((one) => one.key === key)?.problem : undefined;
  const again = () => {
    if (at !== undefined) void load(at);
  };
  return { ...held, edits, busy, press, hold, problemOf, again };
}

/** @param {Held} was @param {Screen} screen @returns {Held} */
function shown(was, screen) {
  return { ...was, screen, before: was.kept[screen.at] ?? {} };
}

/** @param {Held} was @param {Screen} screen @returns {Held} */
function visited(was, screen) {
  const isOther = was.screen !== undefined && was.screen.at !== screen.at;
  return { ...shown(was, screen), visits: was.visits + (isOther ? 1 : 0) };
}

/**
 * A form that was sent, with nothing to be said of it, is left for what it lies on.
 *
 * @param {Screen} from @param {string} action @param {Done} answer
 */
function isOver(from, action, { failed, done, screen }) {
  if (failed || !screen || action !== from.save || done.length > 0) return false;
  return screen.parent === from.parent && screen.actions.some(({ key }) => key === BACK);
}

/**
 * @param {Held} was
 * @param {Done} answer
 * @param {{ from: Screen, sent: Edits, action: string, redrawn: Edits | false }} press
 * @returns {Held}
 */
function came(was, { failed, screen, message, ...answer }, { from, sent, action, redrawn }) {
  // a message says it itself
  const done = message === undefined ? answer.done : [];
  if (failed) return refusedAt(was, screen ?? from, { from, sent, done });
  const typed = was.kept[from.at] ?? {};
  /** @param {Edits} of @param {string} at @returns {Held} */
  const keeping = (of, at) => ({ ...was, done, kept: { ...was.kept, [at]: of } });
  // the same form drawn anew, but for what it was drawn anew for
  if (screen && redrawn) return shown(keeping(leftOf(typed, redrawn), screen.at), screen);
  const takes =
    action === from.save || from.actions.some(({ key, style }) => key === action && style === 'primary');
  const next = takes ? keeping(leftOf(typed, sent), from.at) : { ...was, done };
  if (screen) return visited(next, screen);
  // beside what has come of it the screen stays
  return { ...next, left: message === undefined };
}

/**
 * Fields that were being changed go on from what they were shown with: what others have made of them meanwhile is merged,
 * or told, when they are sent; what was told already is seen.
 *
 * @param {Held} was @param {Screen} screen @param {{ from: Screen, sent: Edits, done: readonly Line[] }} press
 * @returns {Held}
 */
function refusedAt(was, screen, { from, sent, done }) {
  const fields = screen.fields.map((field) => {
    const old = from.fields.find(({ key }) => key === field.key);
    const isSeen = field.problem !== undefined || !Object.hasOwn(sent, field.key);
    return isSeen || !old ? field : { ...old, problem: undefined };
  });
  const failures = was.failures + 1;
  return { ...was, screen: { ...screen, fields }, before: sent, done, failures };
}

/** @param {Held} was @param {Screen} screen @param {Edits} sent @param {unknown} error @returns {Held} */
function refused(was, screen, sent, error) {
  const failures = was.failures + 1;
  const problem = sentenceOf(error);
  const wrong = error instanceof Refused ? error.field : undefined;
  if (!screen.fields.some(({ key }) => key === wrong)) return { ...was, error: problem, failures };
  const fields = screen.fields.map((field) => (field.key === wrong ? { ...field, problem } : field));
  return { ...was, screen: { ...screen, fields }, before: sent, failures };
}
