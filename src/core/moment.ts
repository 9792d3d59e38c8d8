/**
 * A moment inside a sentence: written down as a mark, which each platform replaces by what it has for a time of day in its
 * reader's own zone, or by the one in this machine's where it has nothing.
 */

/** Noncharacters: no keyboard makes them, and `oneLine` drops them from what people typed. */
const BEGIN = '\ufdd0';
const END = '\ufdd1';
/** A letter says that the day is meant too, not only the time of day. */
const MARK = new RegExp(`${BEGIN}(\\d{1,16}d?)${END}`, 'g');

/** `at` in ms since 1970. */
export function momentMark(at: number): string {
  return `${BEGIN}${Math.max(0, Math.floor(at))}${END}`;
}

/** As `momentMark`, of a moment that may be days away: its day is told too. */
export function dayMark(at: number): string {
  return `${BEGIN}${Math.max(0, Math.floor(at))}d${END}`;
}

/** What stands between moments goes through `plain`, as escaping does. `day`: it is to be told too. */
export function withMoments(
  text: string,
  say: (at: number, day: boolean) => string,
  plain: (part: string) => string = (part) => part,
): string {
  // every second part is what the mark held
  return text
    .split(MARK)
    .map((part, index) =>
      index % 2 === 1 ? say(Number.parseInt(part, 10), part.endsWith('d')) : plain(part),
    )
    .join('');
}

/** What somebody wrote on several lines, without marks: `oneLine` takes them out of the rest. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/[\ufdd0-\ufdef]/g, '');
}

/** "14:02", on another day than `now` with the date before it. `zone`: of IANA; default: this machine's. */
export function plainMoment(at: number, now: number, zone?: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const day = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms);
  const time = new Intl.DateTimeFormat('en-GB', options).format(at);
  return day(at) === day(now) ? time : `${day(at)} ${time}`;
}
