/** What a draft says in another language: which one is written, and the fields of the command and of a slot. */
/** @import { Draft, DraftLanguage, DraftSlot, WordsForm } from '../../studio-api.ts' */
/** @import { ChangeDraft, Held } from './draft.js' */
import { useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { Field } from './field.js';

/**
 * @param {object} props
 * @param {Draft} props.draft
 * @param {DraftLanguage | undefined} props.language undefined: the words for everybody
 * @param {(tag: string) => void} props.onPick
 * @param {ChangeDraft} props.change
 */
export function LanguagePick({ draft: { inLanguages }, language, onPick, change }) {
  const [problem, setProblem] = useState('');
  const remove = async () => {
    if (!language) return;
    const why = await change({ kind: 'drop-language', language: language.tag });
    setProblem(why ?? '');
    if (why === undefined) onPick('');
  };
  return h(
    'div',
    { class: 'field language' },
    h('label', { for: 'language' }, inLanguages.label),
    h(
      'div',
      { class: 'row' },
      h(
        'select',
        {
          id: 'language',
          value: language?.tag ?? '',
          onChange: (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
            onPick(currentTarget.value),
        },
        h('option', { value: '', selected: !language }, inLanguages.standard),
        inLanguages.languages.map(({ tag, name, there }) =>
          h('option', { key: tag, value: tag, selected: tag === language?.tag }, there ? `${name} ✓` : name),
        ),
      ),
      language?.there && h('button', { type: 'button', class: 'quiet', onClick: remove }, inLanguages.remove),
    ),
    h('p', { class: 'problem', role: 'alert' }, problem),
  );
}

/** @param {{ draft: Draft, language: DraftLanguage, change: ChangeDraft }} props */
export function CommandWords({ draft: { inLanguages }, language, change }) {
  const { tag, labels, form } = language;
  /** @param {Partial<WordsForm>} wanted */
  const save = (wanted) => change({ kind: 'words', language: tag, change: wanted });
  return h(
    'div',
    {},
    h(Field, {
      label: labels.name,
      hint: inLanguages.hints.name,
      name: 'command',
      lang: tag,
      value: form.name,
      onSave: (typed) => save({ name: typed }),
    }),
    h(Field, {
      label: labels.description,
      ...(inLanguages.hints.description !== undefined && { hint: inLanguages.hints.description }),
      name: 'description',
      lang: tag,
      value: form.description,
      onSave: (typed) => save({ description: typed }),
    }),
  );
}

/** @param {{ slot: DraftSlot, nameIn: (now: Held) => string, language: DraftLanguage, change: ChangeDraft }} props */
export function SlotWords({ slot: { inLanguages }, nameIn, language: { tag, labels }, change }) {
  const form = Object.hasOwn(inLanguages.forms, tag)
    ? (inLanguages.forms[tag] ?? inLanguages.empty)
    : inLanguages.empty;
  /** @param {Partial<WordsForm>} wanted */
  const save = (wanted) =>
    change((now) => ({ kind: 'words', language: tag, slot: nameIn(now), change: wanted }));
  return h(
    'div',
    { class: 'slot-form' },
    h(Field, {
      label: labels.name,
      hint: inLanguages.hints.name,
      name: 'name',
      lang: tag,
      value: form.name,
      onSave: (typed) => save({ name: typed }),
    }),
    h(Field, {
      label: labels.description,
      ...(inLanguages.hints.description !== undefined && { hint: inLanguages.hints.description }),
      name: 'description',
      lang: tag,
      value: form.description,
      onSave: (typed) => save({ description: typed }),
    }),
    form.choices !== undefined &&
      h(Field, {
        label: labels.choices,
        hint: inLanguages.hints.choices,
        name: 'choices',
        lang: tag,
        long: true,
        value: form.choices,
        onSave: (typed) => save({ choices: typed }),
      }),
  );
}

/**
 * The draft as people meet it who read that language.
 *
 * @param {Draft} draft
 * @param {DraftLanguage | undefined} language
 * @returns {Draft}
 */
export function inLanguage(draft, language) {
  if (!language) return draft;
  const { tag, form } = language;
  return {
    ...draft,
    name: form.name || draft.name,
    description: form.description || draft.description,
    slots: draft.slots.map((slot) => {
      const said = Object.hasOwn(slot.inLanguages.forms, tag) ? slot.inLanguages.forms[tag] : undefined;
      return {
        ...slot,
        name: said?.name || slot.name,
        description: said?.description || slot.description,
        ...(slot.choices && { choices: slot.choices.map((one) => called(one, said?.choices)) }),
        ...(slot.default !== undefined && { default: called(slot.default, said?.choices) }),
      };
    }),
  };
}

/** @param {string} choice @param {string} [lines] as in a form */
function called(choice, lines = '') {
  const line = lines.split('\n').find((one) => one.startsWith(`${choice} = `));
  return line === undefined ? choice : line.slice(choice.length + 3);
}
