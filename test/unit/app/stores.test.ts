import { expect, it } from 'vitest';
import { explained } from '../../../src/app/stores.ts';
import { readConfig } from '../../../src/config.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { startupSentence, StartupError } from '../../../src/startup.ts';
import { StoreTrouble } from '../../../src/store/trouble.ts';

const config = readConfig({ DATA_DIR: '/data' });
const full =
  'Easel could not start: the disk that holds /data is full. Nothing was changed. Make room and try again.';
const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

it.each<[string, unknown]>([
  ['of a file', noSpace()],
  ['of a quota', Object.assign(new Error('EDQUOT'), { code: 'EDQUOT' })],
  ['of the ledger', new EaselError({ code: 'data-full' })],
  [
    'of the store',
    new EaselError({ code: 'store-failed' }, { cause: new StoreTrouble('full', 'database or disk is full') }),
  ],
])('a full disk ends a start with the same sentence, be it an error %s', (_of, error) => {
  const told = explained(config, error);
  expect(startupSentence(told)).toBe(full);
  expect(told).toBeInstanceOf(StartupError);
});

it('what has its sentence already, and what is no trouble of the disk, stays as it is', () => {
  for (const error of [
    new StartupError('x', { cause: noSpace() }),
    new EaselError({ code: 'token-refused', platform: 'discord' }),
    new Error('y'),
  ])
    expect(explained(config, error)).toBe(error);
});
