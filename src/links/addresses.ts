/**
 * Links' addresses: `/files/OWNER.UNTIL.SIGNATURE/NAME`. Only the data folder's secret can sign one, and what is signed says
 * which file it is and until when; the name is for people, and counts for nothing.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { OfferFacts } from '../core/links.ts';
import { percentEncoded } from '../core/served-file.ts';

export interface Addresses {
  /** Where the links of these facts' file are kept: hexadecimal digits, the same in every process. */
  ownerOf(facts: OfferFacts): string;
  /** What every owner of this guild begins with. */
  tagOf(guild: string): string;
  /** `until`: in s since 1970. Without `PUBLIC_URL` in front. */
  pathOf(owner: string, until: number, name: string): string;
  /** What a request asks for, with a signature of ours: its time may be over. `target`: as it stands in the request. */
  read(target: string): { owner: string; until: number } | undefined;
}

/** Hexadecimal digits. */
const GUILD = 10;
const FILE = 22;
/** Of 6 bits each. */
const SIGNATURE = 22;
/** Of the name in an address, encoded. */
const MAX_NAME = 40;
const OWNER_UNTIL_SIGNATURE = `([0-9a-f]{${GUILD + FILE}})\\.([0-9a-z]{6,8})\\.([\\w-]{${SIGNATURE}})`;

/** `prefix`: the path of `PUBLIC_URL`, `` or `/easel`; a proxy may take it away. */
export function createAddresses(secret: Uint8Array, prefix: string): Addresses {
  // of its own, since the same secret names guilds' files on the backend
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'easel links', 32));
  const sign = (...text: string[]) => createHmac('sha256', key).update(JSON.stringify(text));
  const signature = (owner: string, until: string) =>
    sign('link', owner, until).digest('base64url').slice(0, SIGNATURE);
  const tagOf = (guild: string) => sign('guild', guild).digest('hex').slice(0, GUILD);
  const target = new RegExp(
    `^(?:${RegExp.escape(prefix)})?/files/${OWNER_UNTIL_SIGNATURE}/[^/?#]{1,300}(?:\\?.*)?$`,
  );

  return {
    tagOf,
    ownerOf({ guild, job, name }) {
      const file = sign('file', guild, job, name).digest('hex').slice(0, FILE);
      return `${tagOf(guild)}${file}`;
    },
    pathOf(owner, until, name) {
      const end = until.toString(36);
      return `/files/${owner}.${end}.${signature(owner, end)}/${shortName(name)}`;
    },
    read(path) {
      const [, owner, end, signed] = target.exec(path) ?? [];
      if (owner === undefined || end === undefined || signed === undefined) return undefined;
      const isOurs = timingSafeEqual(Buffer.from(signed), Buffer.from(signature(owner, end)));
      return isOurs ? { owner, until: Number.parseInt(end, 36) } : undefined;
    },
  };
}

/** As many whole characters as fit, and the extension. */
function shortName(name: string): string {
  const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  let short = '';
  for (const character of name.slice(0, name.length - extension.length)) {
    const longer = short + percentEncoded(character);
    if (longer.length + extension.length > MAX_NAME) break;
    short = longer;
  }
  return `${short || 'file'}${extension}`;
}
