/** What is said to a bot without being meant for the picture: its own name, a greeting before it, thanks. */

const MARKS = String.raw`[\s,，、:：;；.。!！?？…\-–—~～]`;
const POLITE = [
  'hey|hi|hello|hullo|hiya|yo|heya|ok|okay|dear|good (?:morning|evening|afternoon|day)',
  'thanks|thank you|thx|ty|cheers',
  'hallo|moin|servus|danke|bonjour|salut|merci|hola|gracias|ciao|grazie|olá|obrigad[oa]',
  'こんにちは|こんばんは|おはよう(?:ございます)?|ねえ|ありがとう(?:ございます)?',
  '안녕(?:하세요)?|감사합니다|고마워요?',
  '你好|您好|嗨|谢谢(?:你)?|哈囉|謝謝(?:你)?',
].join('|');

const EDGES = new RegExp(`^${MARKS}+|${MARKS}+$`, 'gu');
/** Nothing else is said, or something that the bot is called stands behind it. */
const ONLY_POLITE = new RegExp(`^(?:${POLITE})(?:${MARKS}+(?:${POLITE}|there|all|bot|easel))*$`, 'iu');
const NAMED = new RegExp(
  `^(?:(?:${POLITE})${MARKS}+)?(?:@easel\\b${MARKS}*|easel[,，、:：!！]${MARKS}*)`,
  'iu',
);
const BEHIND_NAME = /^\s*(?:(?:(?!:[\w+-]+:)[,，、:：;；。!！?？…~～]|\.(?=[\s.]|$))+|[-–—]+(?=\s))\s*/u;
const GREETING = new RegExp(`^(?:${POLITE})$`, 'iu');

/**
 * `parts`: a message, split where the bot is mentioned in it; one part where it is not. What is left is what is asked for; empty
 * where that is nothing.
 */
export function spokenTo(parts: readonly string[]): string {
  const said = parts.flatMap((part, index) => {
    const isFirst = index === 0;
    const isLast = index === parts.length - 1;
    // beside a mention, a comma or a colon is about that alone
    const bare = trimmed(part, { start: !isFirst, end: !isLast });
    const before = bare.replaceAll(EDGES, '');
    return !isLast && GREETING.test(before) ? [] : [bare];
  });
  const text = said.filter(Boolean).join(' ').trim().replace(NAMED, '').trim();
  return ONLY_POLITE.test(text.replaceAll(EDGES, '')) || text.replaceAll(EDGES, '') === '' ? '' : text;
}

/** Dashes before a letter are a slot's, and so is a slash; a colon may begin an emoji's name, and a dot a title. */
function trimmed(text: string, { start, end }: { start: boolean; end: boolean }): string {
  const behind = start ? text.replace(BEHIND_NAME, '') : text;
  const bare = end ? behind.replace(/[\s,，、:：;；\-–—~～]+$/u, '') : behind;
  return bare.trim();
}
