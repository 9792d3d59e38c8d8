import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { createAddresses } from '../../../src/links/addresses.ts';
import { linkedFile } from '../../../src/links/index.ts';
import { DAY, FACTS, linkOf, linkStage, pathOf } from './stage.ts';

describe('a link', () => {
  it('is to the same bytes, not to a copy, and outlives where they came from', async () => {
    const { links, files, make, addresses } = await linkStage();
    const made = await make('fox clip.mp4');
    const { url } = linkOf(await links.offer(made, FACTS));
    expect(url).toMatch(
      /^https:\/\/easel\.example\/bot\/files\/[0-9a-f]{32}\.[0-9a-z]{6,8}\.[\w-]{22}\/fox%20clip\.mp4$/,
    );
    const kept = await files.get(linkedFile(addresses.ownerOf(FACTS)));
    expect((await stat(kept?.path ?? '')).ino).toBe((await stat(made.path)).ino);
    await files.drop('outbox', 'job-1');
    expect(await files.get(linkedFile(addresses.ownerOf(FACTS)))).toMatchObject({ name: 'fox clip.mp4' });
  });

  it('is the same at every try, also in the next process, and until a time that does not move', async () => {
    const { links, open, make, clock, directory } = await linkStage();
    const made = await make();
    const offers = await Promise.all([1, 2, 3].map(() => links.offer(made, FACTS)));
    clock.advance(2 * DAY);
    offers.push(await open().offer(made, FACTS));
    expect(new Set(offers.map((offer) => linkOf(offer).url)).size).toBe(1);
    expect(linkOf(offers[0]!).until).toBe(Date.UTC(2026, 11, 4));
    expect(await readdir(join(directory, 'links'))).toHaveLength(1);
  });

  it('is another one for another file, another job and another guild, and cannot be told from its neighbours', async () => {
    const { links, make } = await linkStage();
    const made = await make();
    const all = [FACTS, { ...FACTS, name: 'output-1' }, { ...FACTS, job: 'job-2' }, { ...FACTS, guild: 'g' }];
    const urls = await Promise.all(all.map(async (facts) => linkOf(await links.offer(made, facts)).url));
    expect(new Set(urls).size).toBe(4);
    for (const url of urls) expect(url).not.toMatch(/job|guild|output/);
  });

  it('is made anew once little of its time is left, or when links live shorter by now', async () => {
    const { links, open, make, clock } = await linkStage();
    const made = await make();
    const first = linkOf(await links.offer(made, FACTS));
    clock.advance(4 * DAY);
    const second = linkOf(await links.offer(made, FACTS));
    expect(second.until).toBe(first.until + 4 * DAY);
    const third = linkOf(await open({ days: 1 }).offer(made, FACTS));
    expect(third.until).toBe(clock.now() + DAY);
  });

  it('is made anew where what is known of it cannot be read', async () => {
    const { links, make, directory, addresses } = await linkStage();
    const made = await make();
    const first = linkOf(await links.offer(made, FACTS));
    const folder = join(directory, 'links', addresses.ownerOf(FACTS));
    await rm(join(folder, 'about.bin'));
    expect(linkOf(await links.offer(made, FACTS))).toEqual(first);
    await writeFile(join(folder, 'about.bin'), 'x'.repeat(20));
    expect(linkOf(await links.offer(made, FACTS))).toEqual(first);
    await rm(join(folder, 'file.bin'));
    expect(linkOf(await links.offer(made, FACTS))).toEqual(first);
  });

  it('is not there without a public address, and nothing is kept', async () => {
    const { open, make, directory } = await linkStage();
    expect(await open({ publicUrl: undefined }).offer(await make(), FACTS)).toEqual({ kind: 'off' });
    expect(await readdir(directory)).not.toContain('links');
  });

  it('is not there where there is no room or no file, which is told', async () => {
    const full = await linkStage({
      wrap: (files) => ({
        ...files,
        keep: async () => {
          throw new EaselError({ code: 'data-full' });
        },
      }),
    });
    expect(await full.links.offer(await full.make(), FACTS)).toEqual({ kind: 'unkept' });
    const { links, make, files, log } = await linkStage();
    const made = await make();
    await files.drop('outbox', 'job-1');
    expect(await links.offer(made, FACTS)).toEqual({ kind: 'unkept' });
    expect(log.lines.map(({ message }) => message)).toEqual(['a file could not be offered as a link']);
  });

  it('is not there where the disk budget took the file away at once', async () => {
    const { links, make } = await linkStage({
      wrap: (files) => ({
        ...files,
        async keep(key, ...rest) {
          const kept = await files.keep(key, ...rest);
          await files.drop(key.shelf, key.owner);
          return kept;
        },
      }),
    });
    expect(await links.offer(await make(), FACTS)).toEqual({ kind: 'unkept' });
  });

  it('goes with its guild, and only with that', async () => {
    const { links, make, files, addresses } = await linkStage();
    const made = await make();
    const other = { ...FACTS, guild: 'other' };
    for (const facts of [FACTS, { ...FACTS, name: 'archive' }, other]) await links.offer(made, facts);
    await links.forget('guild');
    await links.forget('nobody');
    expect(await files.owners('links')).toEqual([addresses.ownerOf(other)]);
  });

  it('whose time is over is removed from the disk', async () => {
    const { links, make, files, clock } = await linkStage();
    const made = await make();
    await links.offer(made, FACTS);
    clock.advance(5 * DAY);
    await links.offer(made, { ...FACTS, job: 'job-2' });
    clock.advance(2 * DAY);
    await files.keepOnly('links', () => false);
    expect(await files.owners('links')).toHaveLength(1);
  });

  it('has a name for people, short and of one piece whatever it was', async () => {
    const { links, make } = await linkStage();
    const names = ['狐'.repeat(500) + '.mp4', 'a/../../b.mp4', 'x>|<y?#.mp4', '\ud800', '', "a'(b)*!.mp4"];
    for (const [index, name] of names.entries()) {
      const path = pathOf(await links.offer(await make(name), { ...FACTS, name: `output-${index}` }));
      expect(path.split('/').at(-1)).toMatch(/^[\w.~%-]{1,55}$/);
      expect(path.length).toBeLessThan(130);
    }
  });
});

describe('an address', () => {
  const secret = Buffer.alloc(32, 1);
  const addresses = createAddresses(secret, '/bot');
  const owner = addresses.ownerOf(FACTS);
  const path = addresses.pathOf(owner, 1_796_342_400, 'clip.mp4');

  it('is read with the prefix of the public address and without it', () => {
    for (const given of [path, `/bot${path}`, `${path}?utm=1`, path.replace('clip', 'other')])
      expect(addresses.read(given)).toEqual({ owner, until: 1_796_342_400 });
    for (const given of [`/other${path}`, `/bot/bot${path}`, `//bot${path}`, `http://x${path}`])
      expect(addresses.read(given)).toBeUndefined();
  });

  it('is signed with a key of its own, made of the secret', () => {
    expect(createAddresses(Buffer.alloc(32, 2), '/bot').read(path)).toBeUndefined();
    expect(createAddresses(Buffer.alloc(32, 1), '').read(path)).toBeDefined();
  });

  it('is ours to the last character', () => {
    const [, signed = ''] = /^\/files\/([^/]+)\//.exec(path) ?? [];
    const bent = Array.from(signed, (_one, at) =>
      ['0', 'a', 'A', '.', '-', ''].map((other) => signed.slice(0, at) + other + signed.slice(at + 1)),
    ).flat();
    for (const other of bent.filter((one) => one !== signed))
      expect(addresses.read(path.replace(signed, other)), other).toBeUndefined();
  });
});
