/**
 * What the types of the pages refuse. Nothing of this is run: `npm run check` reads it with the pages, and fails where one
 * of these lines is taken for right.
 */
import { h } from '../src/platforms/web/page/shared/h.js';
import { Icon } from '../src/platforms/web/page/shared/icons.js';
import { words } from '../src/platforms/web/page/shared/words.js';
import { Dialog } from '../src/platforms/web/page/studio/dialog.js';
import { Field } from '../src/platforms/web/page/studio/field.js';

const right = { label: 'Name', value: 'fox', onSave: async () => undefined };

export const taken = [
  words.chat.send(),
  words.chat.remove({ field: 'steps' }),
  words.studio.renamed({ name: 'fox', to: 'owl' }),
  words.operator.nodes({ count: 5 }),
  h(Field, { ...right, key: 'name', hint: 'one word' }),
  h(Dialog, { title: 'Versions', onClose: () => undefined }, 'a', h('p', {}, 1, false)),
  h('input', {
    type: 'search',
    'aria-label': 'Find',
    onInput: ({ currentTarget }) => void currentTarget.value,
  }),
];

export const refused = [
  // @ts-expect-error -- a misspelt word
  words.chat.sned(),
  // @ts-expect-error -- a word of another room
  words.frame.send(),
  // @ts-expect-error -- a word without its parameter
  words.chat.remove(),
  // @ts-expect-error -- a misspelt parameter
  words.chat.remove({ feild: 'steps' }),
  // @ts-expect-error -- one parameter of two
  words.studio.renamed({ name: 'fox' }),
  // @ts-expect-error -- a parameter for a word that has none
  words.chat.send({ name: 'fox' }),
  // @ts-expect-error -- an amount that is not a number, so that nothing could be counted
  words.operator.nodes({ count: '5' }),
  // @ts-expect-error -- a word that is not said
  h('p', {}, words.chat.send),
  // @ts-expect-error -- a word that is not said
  h('button', { title: words.chat.send }),

  // @ts-expect-error -- a misspelt prop that must be there
  h(Field, { labl: 'Name', value: 'fox', onSave: right.onSave }),
  // @ts-expect-error -- a misspelt prop that may be there
  h(Field, { ...right, hnt: 'one word' }),
  // @ts-expect-error -- a prop too few
  h(Field, { label: 'Name', value: 'fox' }),
  // @ts-expect-error -- a prop of another type
  h(Field, { ...right, value: 5 }),
  // @ts-expect-error -- one of a few texts
  h(Icon, { name: 'dwon' }),
  // @ts-expect-error -- children for who shows none
  h(Field, right, 'child'),
  // @ts-expect-error -- children that cannot be shown
  h(Dialog, { title: 'Versions', onClose: () => undefined }, { a: 1 }),

  // @ts-expect-error -- no element
  h('buton', {}),
  // @ts-expect-error -- a misspelt attribute
  h('button', { 'aria-lable': 'Close' }),
  // @ts-expect-error -- an attribute of another type
  h('textarea', { rows: 'three' }),
  // @ts-expect-error -- a misspelt event
  h('button', { onClik: () => undefined }),
];
