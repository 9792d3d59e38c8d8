/** What the studio in the browser calls as the editors in chat do, as plain strings with `{name}` placeholders. */
import type { editor } from './en/editor.ts';
import type { shelf as Shelf } from './en/shelf.ts';

export function studioWords({ editor: say, shelf }: { editor: typeof editor; shelf: typeof Shelf }) {
  return {
    newTemplate: say.newTemplate(),
    newVersion: say.newVersion(),
    slots: say.slots(),
    noSlots: say.noSlots(),
    required: say.required(),
    optional: say.optional(),
    commandName: say.commandName(),
    commandNameHint: say.commandNameHint(),
    commandDescription: say.commandDescription(),
    commandDescriptionHint: say.commandDescriptionHint(),
    type: say.changeType(),
    fieldName: say.field('name'),
    fieldDescription: say.field('description'),
    fieldDefault: say.field('default'),
    fieldMin: say.field('min'),
    fieldMax: say.field('max'),
    fieldMaxLength: say.field('maxLength'),
    fieldFormat: say.field('format'),
    fieldChoices: say.field('choices'),
    hintName: say.hint('name'),
    hintDescription: say.hint('description'),
    hintDefault: say.hint('default'),
    hintMin: say.hint('min'),
    hintMax: say.hint('max'),
    hintMaxLength: say.hint('maxLength'),
    hintFormat: say.hint('format'),
    hintChoices: say.hint('choices'),
    up: say.up(),
    down: say.down(),
    dropSlot: say.drop(),
    test: say.test(),
    publish: say.publish(),
    discard: say.discard(),
    discardAsk: say.discardAsk(),
    discarded: say.discarded(),
    builtin: shelf.builtin(),
    off: shelf.off(),
    renamed: open(shelf.renamed, 'name', 'to'),
    disabled: open(shelf.disabled, 'name'),
    enabled: open(shelf.enabled, 'name'),
    removed: open(shelf.removed, 'name'),
    removeIt: shelf.remove(),
    keep: shelf.keep(),
    newName: shelf.options.to(),
    historyHeading: open(shelf.historyHeading, 'name'),
  };
}

/** A text that has these names in braces. */
type Open<Names extends readonly string[]> = Names extends readonly [
  infer Name extends string,
  ...infer Rest extends string[],
]
  ? `${string}{${Name}}${Open<Rest>}`
  : string;

/** The sentence with its parameters left to the page. */
function open<const Names extends readonly string[]>(
  say: (...names: string[]) => string,
  ...names: Names
): Open<Names> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it says what it is given, which a test looks at
  return say(...names.map((name) => `{${name}}`)) as Open<Names>;
}
