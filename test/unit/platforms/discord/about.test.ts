import { expect, it } from 'vitest';
import { inviteLink, nameOfBot } from '../../../../src/platforms/discord/about.ts';

it('asks for no more than the README says: to see channels, to send messages, to attach files', () => {
  expect(new URL(inviteLink('1')).searchParams.get('permissions')).toBe(String(1024 + 2048 + 32_768));
});

it('names a bot as Discord does', () => {
  expect(nameOfBot({ username: 'Easel', discriminator: '0042' })).toBe('Easel#0042');
  expect(nameOfBot({ username: 'easel', discriminator: '0' })).toBe('easel');
});
