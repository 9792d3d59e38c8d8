/** What is being written, a line or a command's form, and the way through what was written before. */
/** @import { Command, Message } from '../../api.ts' */
/** @import { TypedLine } from '../shared/typed-lines.js' */
/** @import { Filling } from './command-form.js' */
/** @import { Walk } from './walk.js' */
import { useRef, useState } from 'preact/hooks';
import { rememberLine, typedLines } from '../shared/typed-lines.js';
import { filling } from './command-form.js';
import { step, walkOf } from './walk.js';

/** @typedef {{ text: string, filled?: undefined } | { filled: Filling, text?: undefined }} Draft */

/** @type {Draft} */
const EMPTY = { text: '' };
/** Of forms, with the files in them. */
const MOST_FORMS = 20;

/** @param {Command[]} commands @param {Message[]} messages */
export function useDraft(commands, messages) {
  const [draft, setDraft] = useState(EMPTY);
  const walk = useRef(/** @type {Walk<Draft> | undefined} */ (undefined));
  /** What the walk has come to, as long as nobody changes it. */
  const [reached, setReached] = useState(/** @type {Draft | undefined} */ (undefined));
  const forms = useRef(/** @type {Map<string, Filling>} */ (new Map()));

  const has = (/** @type {string} */ template) => commands.some(({ name }) => name === template);

  /** @param {TypedLine} line @returns {Draft[]} none of a command that is gone */
  const draftOf = (line) => {
    if ('text' in line) return [{ text: line.text }];
    const { id, template, values } = line;
    return has(template) ? [{ filled: forms.current.get(id) ?? filling(template, { values }) }] : [];
  };
  /** What a message was asked with. @param {Message} message @returns {Draft} */
  const askedWith = ({ template, values = {}, asked = '' }) =>
    template !== undefined && has(template) ? { filled: filling(template, { values }) } : { text: asked };

  const entries = () => {
    const typed = typedLines().flatMap(draftOf);
    if (typed.length > 0) return typed;
    // in a browser that is new here
    return messages.filter(({ asked, template }) => asked ?? template).map(askedWith);
  };

  /** Another one than the walk has come to. @param {Draft | ((before: Draft) => Draft)} next */
  const write = (next) => {
    walk.current = undefined;
    setDraft(next);
  };
  /** @param {Draft} sent */
  const remember = (sent) => {
    walk.current = undefined;
    const id = crypto.randomUUID();
    if (!sent.filled) return rememberLine({ id, text: sent.text });
    const { template, values } = sent.filled;
    forms.current.set(id, sent.filled);
    for (const old of [...forms.current.keys()].slice(0, -MOST_FORMS)) forms.current.delete(old);
    rememberLine({ id, template, values });
  };
  /** −1: to the one before; true when there is one. @param {number} by */
  const go = (by) => {
    const from = walk.current ?? walkOf(entries());
    const next = step(from, by, draft);
    if (!next) return false;
    walk.current = next.walk;
    setDraft(next.shown);
    setReached(next.shown);
    return true;
  };

  return {
    draft,
    /** What is there was changed by hand, and the walk goes on from it. */
    change: setDraft,
    write,
    clear: () => write(EMPTY),
    /** What was written since then stays. @param {Draft} sent */
    cleared: (sent) => setDraft((now) => (now === sent ? EMPTY : now)),
    askedWith,
    remember,
    go,
    isReached: draft === reached,
  };
}
