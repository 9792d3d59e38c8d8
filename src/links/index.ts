/** Files that people fetch themselves: kept on the shelf `links` until their time is over, each with what its link says. */
import { z } from 'zod';
import type { FileKey, Files, StoredFile } from '../core/files.ts';
import { parseJson, writeJson } from '../core/json.ts';
import type { Links, Offer, OfferFacts } from '../core/links.ts';
import type { Log } from '../core/log.ts';
import { bytesOf } from '../core/multipart.ts';
import type { Clock } from '../core/time.ts';
import { createTurns } from '../core/turns.ts';
import type { Addresses } from './addresses.ts';

export interface LinksOptions {
  /** `PUBLIC_URL`, without a slash at its end; without it nothing is offered. */
  publicUrl: string | undefined;
  /** `LINK_DAYS` */
  days: number;
  addresses: Addresses;
  files: Files;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

const DAY_MS = 24 * 3600 * 1000;
const SHELF = 'links';

/** The file behind a link. */
export function linkedFile(owner: string): FileKey {
  return { shelf: SHELF, owner, name: 'file' };
}

const About = z.object({ /** In s since 1970. */ until: z.number().int() });

export function createLinks({ publicUrl, days, addresses, files, clock, log }: LinksOptions): Links {
  const turns = createTurns();
  const aboutKey = (owner: string): FileKey => ({ shelf: SHELF, owner, name: 'about' });

  /** Until when the link of this file is good, in s since 1970. */
  async function knownUntil(owner: string): Promise<number | undefined> {
    const [file, about] = [await files.get(linkedFile(owner)), await files.get(aboutKey(owner))];
    if (!file || !about) return undefined;
    try {
      const text = Buffer.concat(await Array.fromAsync(bytesOf(about))).toString();
      return About.parse(parseJson(text)).until;
    } catch (error) {
      log.warn({ owner, err: error }, 'what a link says could not be read, it is made anew');
      return undefined;
    }
  }

  /** Rejects as `Files` does, and where what was kept is gone at once. */
  async function kept(file: StoredFile, owner: string): Promise<number> {
    const life = days * DAY_MS;
    const now = clock.now();
    const known = await knownUntil(owner);
    // one that is nearly over, or was made for longer than it would be now, is made anew
    if (known !== undefined && known * 1000 > now + life / 2 && known * 1000 <= now + life) return known;
    const until = Math.floor((now + life) / 1000);
    await files.keep(linkedFile(owner), file, until * 1000);
    const about = { name: 'about', type: 'application/json' };
    await files.put(aboutKey(owner), about, [Buffer.from(writeJson({ until }))], until * 1000);
    if (!(await files.get(linkedFile(owner)))) throw new Error('it had to go at once');
    return until;
  }

  return {
    async offer(file: StoredFile, facts: OfferFacts): Promise<Offer> {
      if (publicUrl === undefined) return { kind: 'off' };
      const owner = addresses.ownerOf(facts);
      try {
        const until = await turns(owner, () => kept(file, owner));
        const url = `${publicUrl}${addresses.pathOf(owner, until, file.name)}`;
        return { kind: 'link', url, until: until * 1000 };
      } catch (error) {
        log.warn({ job: facts.job, size: file.size, err: error }, 'a file could not be offered as a link');
        return { kind: 'unkept' };
      }
    },
    async forget(guild) {
      const tag = addresses.tagOf(guild);
      for (const owner of await files.owners(SHELF))
        if (owner.startsWith(tag)) await files.drop(SHELF, owner);
    },
  };
}
