/** What people read on Slack only, in English. */
import { clip } from '../phrases.ts';
import { count } from './phrases.ts';

export const slack = {
  about: () => 'Pictures from ComfyUI workflows',
  easel: () => 'Run any template, or queue, cancel, template, settings, help',
  easelHint: () => '[template] [what to make]',
  useImage: () => 'Use this image…',
  useImageHint: () => 'Run a template on it',
  template: () => 'What to do with it',
  noImage: () =>
    'There is no picture in that message. Use the shortcut on a message with a PNG, JPEG, WebP or GIF.',
  noImageTemplates: () => 'No template takes a picture here.',
  direct: () => 'I am not in that channel, so the result comes here. Invite me there to get it in place.',
  notUploaded: (name: string, reason: string) => `Slack did not take "${clip(name)}" (${clip(reason)}).`,
  threadFiles: (files: number) => `${count(files, 'file')} in the thread.`,
  oneMoment: () => 'One moment…',
  /** Titles and buttons of forms: 24 characters at most. */
  addForm: () => 'New template',
  addFile: () => 'The workflow',
  addSettings: () => 'Its template.json',
  addName: () => 'Name',
  addSubmit: () => 'Read it',
  editorForm: () => 'Template',
  settingsForm: () => 'Settings',
  settingsSubmit: () => 'Save',
  limitForm: (name: string) => clip(`Where to use /${name}`, 24),
  slotSubmit: () => 'Done',
  slotDone: () => 'It is in the draft. Close this form to see it.',
  /** The command as people type it. */
  heading: (name: string, description: string) => `/easel ${name} — ${description}`,
  changeSlot: () => 'Change…',
  search: () => 'Search nodes and inputs…',
  posts: () => 'Posted, when chosen; none chosen: everything',
  moreSlots: (hidden: number) => `… and ${count(hidden, 'slot')} more`,
  openAdd: () => 'Choose a file…',
  askAdd: () => 'Send the workflow with your words, or choose its file:',
  openDraft: () => 'Open the editor',
  drafted: (name: string) => `The draft of /${name} is ready.`,
  openSettings: () => 'Open the settings',
  askSettings: () => 'The settings are in a form:',
  openLimit: () => 'Choose channels…',
  askLimit: (name: string) =>
    `Where /${name} may be used is set in a form. Slack has no roles that I can see.`,
  limited: (name: string, channels: number) =>
    channels === 0
      ? `/${name} may be used everywhere.`
      : `/${name} may be used in ${count(channels, 'channel')} only.`,
  published: (name: string, version: number) =>
    `Published as version ${version}. People can use it at once: /easel ${name}`,
  testing: () => 'The test run has begun. Its result comes to you alone, as a direct message.',
  sentDirectly: (name: string) => `The two files of /${name} are in your direct messages with me.`,
  templatesAbout: () => 'Add templates and look after them',
  usage: (usage: string, description: string) => `/easel ${usage} — ${description}`,
  channels: () => 'Channels; none: everywhere',
  admins: () => 'Admins, besides those of the workspace',
  noRoles: () => 'Slack has no roles that I can see: name people instead.',
  auditMore: (hidden: number) => `… and ${hidden} older`,
};
