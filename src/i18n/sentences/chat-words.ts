/** What a chat asks and answers: buttons, questions, forms, the queue, the list of commands. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

export const buttons = ({ say }: Speaker) => ({
  cancel: () => say('buttons.cancel'),
  again: () => say('buttons.again'),
  all: () => say('buttons.all'),
  tryAgain: () => say('buttons.tryAgain'),
});

export const cancel = ({ say }: Speaker) => ({
  done: (title: string) => say('cancel.done', { title: clip(title) }),
});

export const queue = ({ say }: Speaker) => ({
  empty: () => say('queue.empty'),
  elsewhere: () => say('queue.elsewhere'),
  heading: (running: number, waiting: number) => say('queue.heading', { running, waiting }),
});

export const ask = ({ say, list }: Speaker) => ({
  meant: (probably: string[]) =>
    say('ask.meant', { names: list(probably.map((one) => say('ask.meant.item', { name: clip(one, 80) }))) }),
  isPrompt: (written: string[]) =>
    say('ask.isPrompt', {
      words: list(written.map((one) => say('ask.isPrompt.item', { name: clip(one, 80) }))),
    }),
  yes: () => say('ask.yes'),
  no: () => say('ask.no'),
  yesPrompt: () => say('ask.yesPrompt'),
});

export const form = ({ say }: Speaker) => ({
  submit: () => say('form.submit'),
  close: () => say('form.close'),
  next: () => say('form.next'),
  /** Of a file that came with a form before; 100 characters at most. */
  keptFile: (name: string) => say('form.keptFile', { name: clip(name, 60) }),
});

/** What is to be chosen before a command can be run. */
export const question = ({ say }: Speaker) => ({
  title: (slot: string) => say('question.title', { slot: clip(slot, 40) }),
  choose: () => say('question.choose'),
  chosen: (label: string) => say('question.chosen', { label }),
  keep: () => say('question.keep'),
});

export const help = ({ say }: Speaker) => ({
  heading: () => say('help.heading'),
  line: ({ usage, description }: { usage: string; description: string }) =>
    say('help.line', { usage, description }),
  /** `all`: how the list of all is typed. */
  more: (hidden: number, all: string) => say('help.more', { hidden, all }),
});
