import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { multipart } from '../../../src/core/multipart.ts';
import { stored } from '../../fakes/disk.ts';

const fox = { name: 'fox "1".png', type: 'image/png', bytes: Buffer.from('a picture') };

describe('a form with files', () => {
  it('is what browsers send, of the length that it says, as often as it is read', async () => {
    const files = [
      { field: 'files[0]', file: await stored(fox) },
      {
        field: 'files[1]',
        file: { name: '狐\r\nx-evil: 1.txt', type: 'text/plain\r\nx: y', bytes: Buffer.alloc(0) },
      },
    ];
    const form = multipart({ payload_json: '{"content":"狐"}' }, files);
    for (let time = 0; time < 2; time += 1) {
      const body = Buffer.concat(await Array.fromAsync(form.read()));
      expect(body.length).toBe(form.size);
      const read = await new Response(body, { headers: { 'content-type': form.contentType } }).formData();
      expect(read.get('payload_json')).toBe('{"content":"狐"}');
      const first = read.get('files[0]') as File;
      expect([first.name, first.type, await first.text()]).toEqual(['fox "1".png', 'image/png', 'a picture']);
      const second = read.get('files[1]') as File;
      expect([second.type, second.size]).toEqual(['application/octet-stream', 0]);
      expect(body.toString()).not.toMatch(/^x-evil|^x: y/m);
    }
  });

  it('ends where a file is gone', async () => {
    const file = await stored(fox);
    const form = multipart({}, [{ field: 'a', file }]);
    await rm(file.path);
    await expect(Array.fromAsync(form.read())).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(file.path, 'short');
    await expect(Array.fromAsync(form.read())).rejects.toThrow('is not what it was');
  });
});
