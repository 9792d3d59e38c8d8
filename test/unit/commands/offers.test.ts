import { describe, expect, it } from 'vitest';
import type { Chat, Unlisted } from '../../../src/core/chat.ts';
import type { Template } from '../../../src/core/template.ts';
import type { AuditEntry } from '../../../src/guilds/schema.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
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
  const chosen = new Map<string, string>();
  const menu = {
    ranked: async (_guild: string, all: readonly Template[]) => [...all],
    chosen: (guild: string) => chosen.get(guild),
    choosing: () => [...chosen.keys()],
  };
  const written: AuditEntry[] = [];
  const audit = { record: async (_guild: string, entry: AuditEntry) => void written.push(entry) };
  return {
    library,
    log,
    seen,
    chats,
    chosen,
    written,
    offer,
    join,
    offers: createOffers({ library, chats, menu, audit, clock: createManualClock(), log }),
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

  /** A platform whose menu for everybody leaves these out, and that has room for so many of a guild's own. */
  function crowded(stage: Awaited<ReturnType<typeof offersStage>>, left: string[], room = 100) {
    const state = { left, has: [] as string[] };
    stage.chats.set('test', {
      offer: async (_guild: string, templates: readonly Template[]) => {
        const names = templates.map(({ name }) => name);
        state.has = names.slice(0, room);
        return names.slice(room).map((name): Unlisted => ({ name }));
      },
      unlisted: () => state.left.map((name): Unlisted => ({ name })),
      census: { list: async () => new Set(), names: (guild: string) => guild === 'a' },
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are called
    } as unknown as Chat);
    return state;
  }

  it('have a guild’s choice among them that everybody’s menu has no room for, as long as that is so', async () => {
    const stage = await offersStage();
    const { library, offers, chosen } = stage;
    const state = crowded(stage, ['upscale']);
    await library.publish('a', publication());
    chosen.set('a', 'imagine');
    await offers.chosen('a', 'test');
    expect(state.has).toEqual(['castle']);
    chosen.set('a', 'upscale');
    await offers.chosen('a', 'test');
    expect(state.has).toEqual(['castle', 'upscale']);
    expect((await library.entry('a', 'upscale')).ownCommand).toBe(true);
    // it has found room among everybody's
    state.left = [];
    await offers.catchUp();
    expect(state.has).toEqual(['castle']);
    expect((await library.entry('a', 'upscale')).ownCommand).toBeUndefined();
    // and lost it, in a guild that has nothing of its own
    state.left = ['upscale'];
    await library.remove('a', 'castle');
    await offers.catchUp();
    expect(state.has).toEqual(['upscale']);
    // a hidden one is nobody's
    await library.switchOff('a', 'test', 'upscale', true);
    await offers.offer('a', 'test');
    expect(state.has).toEqual([]);
  });

  it('have its choice only where there is room beside its own ones', async () => {
    const stage = await offersStage();
    const { library, offers, chosen } = stage;
    const state = crowded(stage, ['upscale'], 1);
    await library.publish('a', publication());
    chosen.set('a', 'upscale');
    await offers.chosen('a', 'test');
    expect(state.has).toEqual(['castle']);
    expect((await library.entry('a', 'upscale')).ownCommand).toBeUndefined();
  });

  it('are written down once for each change of what is left out', async () => {
    const stage = await offersStage();
    const { library, offers, written } = stage;
    crowded(stage, [], 1);
    await library.publish('a', publication());
    await offers.offer('a', 'test');
    expect(written).toEqual([]);
    await library.publish('a', publication({ name: 'fort' }));
    await offers.offer('a', 'test');
    await offers.chosen('a', 'test');
    await offers.catchUp();
    expect(written).toMatchObject([{ by: 'Easel', act: 'menu.left-out', detail: '/fort' }]);
    await library.remove('a', 'castle');
    await offers.offer('a', 'test');
    expect(written.slice(1)).toMatchObject([{ act: 'menu.left-out', detail: '' }]);
  });
});
