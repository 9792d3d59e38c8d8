/**
 * What Slack takes: the only place where these numbers stand. They are in the type declarations of `@slack/types`
 * (`block-kit`, `views`) and `@slack/web-api` (`manifest`) unless another source is named. Characters are UTF-16 units.
 */

export const BLOCK = {
  /** Characters of a section's text, and of any text object. */
  section: 3000,
  /** Characters of a context's element: the reference says nothing, this is known to be taken. */
  context: 2000,
  /** Characters of an image's alternative text. */
  alt: 2000,
  /** Of a file's, where it is uploaded: https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
  fileAlt: 1000,
  /** Characters of an input's label and hint. */
  label: 2000,
  /** Characters of a button's text. */
  button: 75,
  placeholder: 150,
  /** Elements of an actions block, and entries of an overflow menu. */
  elements: 25,
  overflow: 5,
} as const;

/** Options of a select, and characters of each: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const OPTION = {
  count: 100,
  text: 75,
  /** The reference says 150, the declarations 75. */
  value: 75,
} as const;

/** https://docs.slack.dev/reference/views/modal-views */
export const MODAL = {
  blocks: 100,
  /** On top of one another. */
  views: 3,
  /** Characters of its title and of its two buttons. */
  title: 24,
  /** Characters of what an input holds. */
  input: 3000,
} as const;

export const MESSAGE = {
  /** Characters of `text` in chat.update: https://docs.slack.dev/reference/methods/chat.update, `msg_too_long` */
  text: 4000,
} as const;

/** Bytes of a file: https://slack.com/help/articles/201330736, 1 GB. */
export const FILE_BYTES = 1_000_000_000;

export const MANIFEST = {
  commands: 50,
  /** Characters of a command, with its slash. */
  command: 32,
  description: 2000,
  /** Of the app itself. */
  about: 140,
  shortcut: 24,
  shortcutDescription: 150,
} as const;
