/** What people read on Slack only, in English. */
import { clip } from '../phrases.ts';
import { PICTURES } from './file-problems.ts';
import { count } from './phrases.ts';

export const slack = {
  about: () => 'Pictures from ComfyUI workflows',
  easel: () => 'Run any template, or queue, cancel, template, settings, help',
  easelHint: () => '[template] [what to make]',
  useImage: () => 'Use this image…',
  useImageHint: () => 'Run a template on it',
  template: () => 'What to do with it',
  noImage: () =>
    `There is no picture in that message. Use the shortcut on a message with a picture (${PICTURES}).`,
  noImageTemplates: () => 'No template takes a picture here.',
  notUploaded: (name: string, reason: string) => `Slack did not take "${clip(name)}" (${clip(reason)}).`,
  threadFiles: (files: number) => `${count(files, 'file')} in the thread.`,
  oneMoment: () => 'One moment…',
  renewed: () =>
    'This form was opened before an update of mine. Here it is as things stand now: please enter it again.',
  closeForm: () => 'Done. Close this form to go on.',
  openForm: () => 'Open the form',
  search: () => 'Search…',
  more: (hidden: number) => `… and ${hidden} more`,
  sentDirectly: () => 'The files are in your direct messages with me.',
};
