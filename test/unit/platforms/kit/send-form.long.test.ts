import { expect, it } from 'vitest';
import { sendForm } from '../../../../src/platforms/kit/send-form.ts';
import { listen, OK, sendingOf, takeSlowly } from './sending.ts';

it('8 MB go through a line of 1 Mbit/s', { timeout: 200_000 }, async () => {
  const size = 8_000_000;
  const url = await listen(takeSlowly(size, 12_500, 100, OK));
  expect(await sendForm(url, await sendingOf(size))).toMatchObject({ status: 200 });
});
