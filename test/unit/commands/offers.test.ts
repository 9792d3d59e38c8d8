import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../src/core/chat.ts';
import { NO_USES } from '../../../src/commands/uses.ts';
import { createOffers } from '../../../src/commands/offers.ts';
import { libraryStage, publication } from '../templates/library-stage.ts';

async function offersStage() {
  const { library, log } = await libraryStage();
  const chats = new Map<string, Chat>();
  const seen: string[] = [];
  const offer: Chat['offer'] = async (guild, templates) => {
    seen.push(`${guild}: ${templates.map(({ name }) => name).join(' ')}`);
    return undefined;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this is called
  const join = (platform: string, how = offer) => chats.set(platform, { offer: how } as unknown as Chat);
  return {
    library,
    log,
    seen,
    offer,
    join,
    offers: createOffers({ library, chats, ranked: (guild, all) => NO_USES.ranked(guild, all, []), log }),
  };
}

describe('offers', () => {
  it('are a guild’s own templates that are on', async () => {
    const { library, offers, join, seen } = await offersStage();
    join('test');
    await library.publish('a', publication());
    await library.publish('a', publication({ name: 'fort' }));
    await library.switchOff('a', 'test', 'fort', true);
    expect(await offers.offer('a', 'test')).toBeUndefined();
    expect(seen).toEqual(['a: castle']);
    expect(await library.unoffered('test')).toEqual([]);
  });

  it('that failed are made again at the next start, each to its own platform', async () => {
    const { library, offers, join, seen, log } = await offersStage();
    join('test', () => Promise.reject(new Error('no')));
    await library.publish('a', publication());
    await library.publish('b', publication({ platform: 'other' }));
    expect(await offers.offer('a', 'test')).toMatchObject({ code: 'internal' });
    expect(log.lines.at(-1)).toMatchObject({ level: 'error', facts: { guild: 'a', platform: 'test' } });
    join('test');
    await offers.catchUp();
    expect(seen).toEqual(['a: castle']);
    join('other');
    await offers.catchUp();
    expect(seen).toEqual(['a: castle', 'b: castle']);
  });

  it('are still to be made where the platform is off', async () => {
    const { library, offers, join, seen } = await offersStage();
    await library.publish('a', publication());
    expect(await offers.offer('a', 'test')).toBeUndefined();
    join('test');
    await offers.catchUp();
    expect(seen).toEqual(['a: castle']);
  });

  it('arrive in order: the newest state is the last', async () => {
    const { library, offers, join, seen, offer } = await offersStage();
    const gate = Promise.withResolvers<void>();
    join('test', async (...given) => {
      if (seen.length === 0) await gate.promise;
      return offer(...given);
    });
    await library.publish('a', publication());
    const first = offers.offer('a', 'test');
    await library.publish('a', publication({ name: 'fort' }));
    const second = offers.offer('a', 'test');
    gate.resolve();
    await Promise.all([first, second]);
    expect(seen.at(-1)).toBe('a: castle fort');
    expect(await library.unoffered('test')).toEqual([]);
  });

  it('that were cut short by a stop after another publish are made again', async () => {
    const { library, offers, join, seen, offer } = await offersStage();
    join('test', async (guild, templates) => {
      await offer(guild, templates);
      // somebody publishes meanwhile, and the process ends before that is told
      if (seen.length === 1) await library.publish('a', publication({ name: 'fort' }));
    });
    await library.publish('a', publication());
    await offers.offer('a', 'test');
    await offers.catchUp();
    expect(seen).toEqual(['a: castle', 'a: castle fort']);
  });
});
