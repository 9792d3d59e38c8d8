import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSecret } from '../../../src/store/secret.ts';
import { temporaryFolder } from '../temporary.ts';

describe('the secret of a data folder', () => {
  it('is made once, and only its owner may read it', async () => {
    const file = join(await temporaryFolder(), 'secret');
    const made = await openSecret(file);
    expect(made).toHaveLength(32);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await chmod(file, 0o644);
    expect(await openSecret(file)).toEqual(made);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is made anew when it is not whole, and is another one in every folder', async () => {
    const file = join(await temporaryFolder(), 'secret');
    await writeFile(file, 'half');
    const made = await openSecret(file);
    expect(await readFile(file)).toEqual(made);
    expect(await openSecret(join(await temporaryFolder(), 'secret'))).not.toEqual(made);
  });

  it('says when the folder cannot be used', async () => {
    await expect(openSecret(join(await temporaryFolder(), 'nowhere', 'secret'))).rejects.toThrow('ENOENT');
  });
});
