/**
 * A moment inside a sentence: written down as a mark, which each platform replaces by the time of day in its reader's own
 * zone (Discord's `<t:…>`, Slack's `<!date^…>`), or in this machine's where it knows none.
 */

/** Noncharacters: no keyboard makes them, and `oneLine` drops them from what people typed. */
const BEGIN = '\ufdd0';
const END = '\ufdd1';
const MARK = new RegExp(`${BEGIN}(\\d{1,16})${END}`, 'g');

/** `at` in ms since 1970. */
export function momentMark(at: number): string {
  return `${BEGIN}${Math.max(0, Math.floor(at))}${END}`;
}

/** What stands between moments goes through `plain`, as escaping does. */
export function withMoments(
  text: string,
  say: (at: number) => string,
  plain: (part: string) => string = (part) => part,
): string {
  // every second part is what the mark held
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 1 ? say(Number(part)) : plain(part)))
    .join('');
}

/** "14:02", on another day than `now` with the date before it. `zone`: of IANA; default: this machine's. */
export function plainMoment(at: number, now: number, zone?: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const day = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms);
  const time = new Intl.DateTimeFormat('en-GB', options).format(at);
  return day(at) === day(now) ? time : `${day(at)} ${time}`;
}
