/**
 * What Slack makes of what somebody types before the bot is told of it. https://docs.slack.dev/messaging/formatting-message-text:
 * three characters are escaped, addresses become links, emoji stand there by their names.
 */

/** Those that tests type, by Slack's names for them. */
const EMOJI: Readonly<Record<string, string>> = {
  '🦊': 'fox_face',
  '🐱': 'cat',
  '🐶': 'dog',
  '👩‍🚀': 'female-astronaut',
  '🌕': 'full_moon',
  '❤️': 'heart',
};
const PICTOGRAPHS = /\p{Extended_Pictographic}\u{FE0F}?(?:\u{200D}\p{Extended_Pictographic}\u{FE0F}?)*/gu;

/** Of a slash command: no links, as long as its manifest does not say `should_escape`. */
export function commandText(typed: string): string {
  return escaped(named(typed));
}

/** Of a message. */
export function messageText(typed: string): string {
  return escaped(named(typed))
    .replaceAll(/https?:\/\/[^\s<>]*[^\s<>.,!?]/g, (link) => `<${link}>`)
    .replaceAll(/(?<![\w/.])www\.[\w.-]+\w/g, (host) => `<http://${host}|${host}>`)
    .replaceAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) => `<mailto:${address}|${address}>`);
}

/** As keyboards of phones and Macs write quotes. */
export function smartQuoted(typed: string): string {
  return typed
    .replaceAll(/(?<=^|[\s([{:—])"/g, '“')
    .replaceAll('"', '”')
    .replaceAll(/(?<=^|[\s([{:—])'/g, '‘')
    .replaceAll("'", '’');
}

export function named(typed: string): string {
  return typed.replaceAll(PICTOGRAPHS, (emoji) => {
    const name = EMOJI[emoji];
    if (name === undefined) throw new Error(`the fake Slack does not know what ${emoji} is called`);
    return `:${name}:`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
