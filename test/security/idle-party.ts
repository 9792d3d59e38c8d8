/** Many connections to one port that say nothing, or nothing whole. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Party {
  /** Those that nobody has ended. */
  open(): number;
  leave(): void;
}

/** Resolves once all have been made, `words` said. `from`: the address that each comes from. */
export async function idleParty(
  port: number,
  count: number,
  words = '',
  from = (_index: number) => '127.0.0.1',
): Promise<Party> {
  const sockets: Socket[] = [];
  for (let index = 0; index < count; index += 1) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from(index) });
    socket.on('error', () => undefined); // being ended is what is looked for
    socket.resume();
    sockets.push(socket);
    await once(socket, 'connect');
    if (words !== '') socket.write(words);
  }
  return {
    open: () => sockets.filter(({ closed }) => !closed).length,
    leave: () => sockets.forEach((socket) => socket.destroy()),
  };
}
