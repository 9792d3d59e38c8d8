/** What was entered into a screen: kept apart from what the screen says, so that it outlasts refusals and lost connections. */
/** @import { Field, FieldValue, Screen } from '../../../../core/screen.ts' */
/** @import { Deed } from '../../api.ts' */

/** By field; lists of ids as they are typed, one a line. @typedef {Record<string, FieldValue | File | undefined>} Edits */

/** Of a field, as a form holds it. @param {Field} field @returns {FieldValue | undefined} */
function shownIn(field) {
  if (field.kind === 'file') return undefined;
  const isIds = field.kind === 'people' || field.kind === 'roles' || field.kind === 'channels';
  return isIds ? field.value.join('\n') : field.value;
}

/** @param {Field} field @param {Edits} edits */
export function heldBy(field, edits) {
  return Object.hasOwn(edits, field.key) ? edits[field.key] : shownIn(field);
}

/** Those that hold something else than the screen says. @param {Screen} screen @param {Edits} edits */
export function changedIn({ fields }, edits) {
  const differs = (/** @type {Field} */ field) => {
    const held = heldBy(field, edits);
    const shown = shownIn(field);
    if (Array.isArray(held) && Array.isArray(shown)) return held.join('\n') !== shown.join('\n');
    return held !== shown;
  };
  return fields.filter(differs);
}

/**
 * What is sent: what was changed, or all of it where it is kept nowhere before; and what stood in the same fields.
 *
 * @param {Screen} screen
 * @param {string} action
 * @param {Edits} edits
 * @param {Partial<Deed>} more
 */
export function deedOf(screen, action, edits, { entered = {}, message }) {
  const fields = screen.atOnce ? screen.fields : changedIn(screen, edits);
  /** @type {Deed} */
  const deed = { at: screen.at, action, entered: {}, shown: {} };
  if (message !== undefined) deed.message = message;
  /** @type {[string, File][]} */
  const files = [];
  for (const field of fields) {
    const held = heldBy(field, edits);
    if (held instanceof File) files.push([field.key, held]);
    else if (held !== undefined && field.kind !== 'file') put(deed, field, held);
  }
  Object.assign(deed.entered, entered);
  if (files.length === 0) return { json: deed };
  const form = new FormData();
  form.set('deed', JSON.stringify(deed));
  for (const [key, file] of files) form.set(`file.${key}`, file);
  return { form };
}

/** A slot may be called `__proto__`. @param {Deed} deed @param {Exclude<Field, { kind: 'file' }>} field @param {FieldValue} held */
function put(deed, { key, value }, held) {
  const about = { enumerable: true, configurable: true, writable: true };
  Object.defineProperty(deed.entered, key, { ...about, value: held });
  Object.defineProperty(deed.shown ?? {}, key, { ...about, value });
}

/** What is left once it was taken: what was typed meanwhile. @param {Edits} edits @param {Edits} sent @returns {Edits} */
export function leftOf(edits, sent) {
  return Object.fromEntries(Object.entries(edits).filter(([key, value]) => sent[key] !== value));
}
