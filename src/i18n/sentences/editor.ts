/** What admins read while they edit templates. */
import type { SlotType } from '../../core/template.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { typeName } from './names.ts';

type SlotField = 'name' | 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';

/** As many are named in the line of a slot. */
const MAX_CHOICES = 5;

export const editor = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    listHeading: (total: number) => say('editor.listHeading', { total }),
    pick: () => say('editor.pick'),
    done: () => say('editor.done'),
    findings: () => say('editor.findings'),
    findingsPick: () => say('editor.findingsPick'),
    findingsLook: () => say('editor.findingsLook'),
    partName: (at: 'name' | 'description' | 'outputs' | 'workflow') => say(`part.${at}`),
    heading: (name: string, description: string) => say('editor.heading', { name, description }),
    newTemplate: () => say('editor.newTemplate'),
    newVersion: () => say('editor.newVersion'),
    slots: () => say('editor.slots'),
    noSlots: () => say('editor.noSlots'),
    page: (page: number, pages: number) => say('editor.page', { page, pages }),
    type: (type: SlotType) => typeName(speaker, type),
    required: () => say('editor.required'),
    optional: () => say('editor.optional'),
    yesOrNo: (value: boolean) => say('editor.yesOrNo', { value }),
    standard: (value: string) => say('editor.standard', { value: clip(value, 60) }),
    bounds: (min: number | undefined, max: number | undefined) => {
      if (min === undefined) return say('editor.bounds.atMost', { max: max ?? '' });
      return max === undefined
        ? say('editor.bounds.atLeast', { min })
        : say('editor.bounds.between', { min, max });
    },
    choices: (names: string[]) => {
      const shown = names.slice(0, MAX_CHOICES).map((name) => clip(name, 40));
      const hidden = names.length - shown.length;
      return say('editor.choices', {
        total: names.length,
        names: list(hidden > 0 ? [...shown, say('list.more', { hidden })] : shown),
      });
    },
    backendChoices: () => say('editor.backendChoices'),
    maxLength: (max: number) => say('editor.maxLength', { max }),
    format: (format: string) => say('editor.format', { format: clip(format, 60) }),
    fills: (into: { node: string; input: string }[]) => {
      const inputs = into.map(({ node, input }) => `${clip(node, 40)} · ${clip(input, 40)}`);
      return say('editor.fills', { inputs: list([...new Set(inputs)]) });
    },
    outputs: () => say('editor.outputs'),
    outputsAll: () => say('editor.outputsAll'),
    outputsSome: (titles: string[]) => list(titles.map((title) => clip(title, 60))),
    ready: () => say('editor.ready'),
    readyUnasked: () => say('editor.readyUnasked'),
    moreFindings: (hidden: number) => say('editor.moreFindings', { hidden, screen: say('editor.findings') }),
    blocked: (things: number) => say('editor.blocked', { things }),
    unchanged: () => say('editor.unchanged'),
    field: (field: SlotField) => say(`field.${field}`),
    /** What the form of a slot says below a field, 100 characters at most. */
    hint: (field: SlotField) => say(`hint.${field}`),
    commandName: () => say('editor.commandName'),
    commandNameHint: () => say('editor.commandNameHint'),
    commandDescription: () => say('editor.commandDescription'),
    commandDescriptionHint: () => say('editor.commandDescriptionHint'),
    tooLongForForm: (labels: string[]) => say('editor.tooLongForForm', { labels: list(labels) }),
    menuHasSome: (shown: number, all: number) => say('editor.menuHasSome', { shown, all }),
    about: () => say('editor.about'),
    aboutForm: () => say('editor.aboutForm'),
    slotForm: (slot: string) => clip(say('editor.slotForm', { slot }), 24),
    change: () => say('editor.change'),
    changeSlot: () => say('editor.changeSlot'),
    changeType: () => say('editor.changeType'),
    makeRequired: () => say('editor.makeRequired'),
    makeOptional: () => say('editor.makeOptional'),
    up: () => say('editor.up'),
    down: () => say('editor.down'),
    drop: () => say('editor.drop'),
    add: () => say('editor.add'),
    addHeading: (total: number) =>
      total === 0 ? say('editor.addHeading.none') : say('editor.addHeading', { total }),
    addPick: () => say('editor.addPick'),
    find: () => say('editor.find'),
    findForm: () => say('editor.findForm'),
    findWords: () => say('editor.findWords'),
    found: (words: string, shown: number, total: number) =>
      total > shown
        ? say('editor.found.cut', { words: clip(words), total, shown })
        : say('editor.found', { words: clip(words), total }),
    chooseOutputs: () => say('editor.chooseOutputs'),
    outputsHeading: () => say('editor.outputsHeading'),
    outputsPick: () => say('editor.outputsPick'),
    test: () => say('editor.test'),
    testing: () => say('editor.testing'),
    publish: () => say('editor.publish'),
    published: (name: string, version: number) => say('editor.published', { name, version }),
    discard: () => say('editor.discard'),
    discardAsk: () => say('editor.discardAsk'),
    discarded: () => say('editor.discarded'),
    back: () => say('editor.back'),
    previous: () => say('editor.previous'),
    next: () => say('editor.next'),
  };
};
