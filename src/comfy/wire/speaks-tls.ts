/** Whether a port that says nothing to plain HTTP speaks TLS. */
import { connect } from 'node:tls';

/** Whose certificate it is does not matter: nothing is sent. Resolves to false for whatever fails, and when `signal` is aborted. */
export async function speaksTls({ hostname, port }: URL, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const host = hostname.replaceAll(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port || 80), rejectUnauthorized: false });
  const giveUp = (): void => resolve(false);
  socket.once('secureConnect', () => resolve(true));
  socket.once('error', giveUp);
  socket.once('close', giveUp);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', giveUp);
    socket.on('error', () => undefined); // also one that comes after its end
    socket.destroy();
  }
}
