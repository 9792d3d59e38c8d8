import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sendForm } from '../../../../src/platforms/kit/send-form.ts';
import { listen, OK, sendingOf, takeAll, takeSlowly } from './sending.ts';

const MB = 1024 * 1024;
/** What 8 MB buy is eight seconds. */
const quick = { idleMs: 50, answerMs: 50, bytesPerSecond: MB };
/** A busy machine takes a while to make its first connection. */
const calm = { idleMs: 400, answerMs: 400, bytesPerSecond: MB };

describe('a file on its way', () => {
  it('takes its time where the line is slow, whatever the kernel holds of it', async () => {
    const url = await listen(takeSlowly(8 * MB, 2 * MB, 300, OK));
    expect(await sendForm(url, await sendingOf(8 * MB), calm)).toMatchObject({ status: 200 });
  });

  it('may be thought about when all of it is there', async () => {
    const url = await listen(takeAll(8 * MB, (socket) => void pause(600).then(() => socket.write(OK))));
    const { status, answer } = await sendForm(url, await sendingOf(8 * MB), calm);
    expect([status, String(answer)]).toEqual([200, 'ok']);
  });

  it.each([
    ['nobody reads', 32 * MB, (socket: Socket) => socket.pause()],
    ['nobody answers', 1000, takeAll(1000, () => undefined)],
    [
      'the answer trickles',
      1000,
      takeAll(1000, (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(timer));
      }),
    ],
  ])('is given up where %s', async (_name, size, take) => {
    const url = await listen(take);
    const limits = { ...quick, bytesPerSecond: 100 * MB };
    await expect(sendForm(url, await sendingOf(size), limits)).rejects.toThrow('too slow');
  });

  it('may be refused before its end, and be told of hints before its answer', async () => {
    const refusing = await listen((socket) => {
      socket.once('data', () => {
        socket.pause();
        socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno');
      });
    });
    expect(await sendForm(refusing, await sendingOf(20 * MB))).toMatchObject({ status: 413 });
    const hinting = await listen((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n'));
      takeAll(MB, () => socket.write(OK))(socket);
    });
    expect(await sendForm(hinting, await sendingOf(MB))).toMatchObject({ status: 200 });
  });

  it('fails where a server says unasked that it may go on', async () => {
    const url = await listen((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 100 Continue\r\n\r\n'));
      takeAll(MB, () => socket.write(OK))(socket);
    });
    await expect(sendForm(url, await sendingOf(MB))).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });
});
