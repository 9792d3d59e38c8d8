/** Yes or no, as people type it: for a slot, a setting, or any other switch. */

/** In the languages that Easel speaks. */
const TRUE = ['true', 'yes', 'on', '1', 'はい', 'オン', '是', '开', '예', '네', '켬'];
const FALSE = ['false', 'no', 'off', '0', 'いいえ', 'オフ', '否', '关', '아니요', '아니오', '끔'];

/** Undefined: neither yes nor no. */
export function readSwitch(typed: string): boolean | undefined {
  const word = typed.trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}
