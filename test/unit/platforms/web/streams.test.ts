import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/platforms/web/api.ts';
import { createStreams, MAX_STREAMS } from '../../../../src/platforms/web/streams.ts';

const message = (id: string, at = 1): Message => ({ id, at });

describe('What is to be told to a page', () => {
  it('is the latest state of each message, however slowly it reads', () => {
    const streams = createStreams();
    const slow = streams.open();
    for (let at = 0; at < 10_000; at += 1) streams.tell(message(`job ${at % 3}`, at));
    expect(slow?.take().messages.map(({ at }) => at)).toEqual([9999, 9997, 9998]);
    expect(slow?.take()).toEqual({ messages: [], commands: false });
  });

  it('wakes whoever waits, each time anew', async () => {
    const streams = createStreams();
    const page = streams.open();
    streams.tell(message('a'));
    await page?.waiting;
    page?.take();
    const again = page?.waiting;
    streams.commandsChanged();
    await again;
    expect(page?.take()).toEqual({ messages: [], commands: true });
    expect(page?.take()).toEqual({ messages: [], commands: false });
  });

  it('has a limit of pages, and deps again when one has gone', () => {
    const streams = createStreams();
    const pages = Array.from({ length: MAX_STREAMS }, () => streams.open());
    expect(pages).not.toContain(undefined);
    expect(streams.open()).toBeUndefined();
    pages[7]?.close();
    expect(streams.open()).toBeDefined();
    expect(streams.open()).toBeUndefined();
  });

  it('ends for all pages at once, and begins for none after that', async () => {
    const streams = createStreams();
    const page = streams.open();
    streams.close();
    await page?.waiting;
    expect(page?.over).toBe(true);
    expect(streams.open()).toBeUndefined();
  });
});
