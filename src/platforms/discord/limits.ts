/**
 * What Discord takes: the only place where these numbers stand. Without another source they are in Discord's own OpenAPI
 * description (https://github.com/discord/discord-api-spec). Characters are UTF-16 units.
 */

/** https://docs.discord.com/developers/interactions/application-commands */
export const COMMAND = {
  /** Commands of everybody, and as many of each server's own. */
  count: 100,
  /** Characters of a command's name, and of an option's. */
  name: 32,
  /** Characters, of a command and of an option. */
  description: 100,
  options: 25,
  /** Choices of an option; as many suggestions while somebody types. */
  choices: 25,
  /** Characters of a choice's name; a suggestion's value is cut to it too. */
  choice: 100,
  /** Characters of its name, its description, its options' names, descriptions and choices together. */
  all: 8000,
} as const;

/**
 * The locales that its apps have, and that translations may be given for: `AvailableLocalesEnum` of its OpenAPI description
 * (https://github.com/discord/discord-api-spec). discord.js 14 lacks `ar` and `he`.
 */
export const LOCALES = [
  'ar',
  'bg',
  'cs',
  'da',
  'de',
  'el',
  'en-GB',
  'en-US',
  'es-419',
  'es-ES',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'nl',
  'no',
  'pl',
  'pt-BR',
  'ro',
  'ru',
  'sv-SE',
  'th',
  'tr',
  'uk',
  'vi',
  'zh-CN',
  'zh-TW',
] as const;
export type Locale = (typeof LOCALES)[number];

/** https://docs.discord.com/developers/resources/message */
export const MESSAGE = {
  /** Characters; bots get no more, though the description has 4000. */
  content: 2000,
  files: 10,
  /** Bytes of a file, where an interaction does not say `attachment_size_limit`. */
  fileBytes: 10 * 1024 * 1024,
  /** Characters of a file's description. */
  alt: 1024,
  /** Characters of what tells that two posts are one. */
  nonce: 25,
} as const;

/** https://docs.discord.com/developers/components/reference */
export const COMPONENT = {
  /** Characters of all text displays in one message. */
  text: 4000,
  /** Characters of a button's label. */
  label: 80,
  customId: 100,
  /** Options of a menu; as many people, roles or channels. */
  options: 25,
  /** Characters of an option's label, value and description. */
  option: 100,
  placeholder: 150,
} as const;

/** https://docs.discord.com/developers/components/reference; a form's are other ones than a message's. */
export const MODAL = {
  /** Characters of its title, and of a field's label. */
  title: 45,
  /** Components; the description says 40, the reference 5. */
  fields: 5,
  /** Characters of what stands in an empty field, and of what is said below it. */
  hint: 100,
  /** Characters of what is written into a field. */
  written: 4000,
  /** Radio buttons, or boxes, in a group; kinds and endings of files. */
  group: 10,
} as const;

/** https://docs.discord.com/developers/interactions/receiving-and-responding: how long a token is good for, in ms. */
export const TOKEN_MS = 15 * 60 * 1000;

/** https://docs.discord.com/developers/resources/user: servers in one answer. */
export const GUILDS_A_PAGE = 200;
