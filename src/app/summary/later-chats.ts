/** Notices what becomes of chats after the start has told how they are: one connects, or does not take its token any more. */
import type { ChatSummary } from '../../core/summary.ts';
import type { Clock } from '../../core/time.ts';

interface LaterChatsDeps {
  /** As they are now. */
  chats: () => readonly ChatSummary[];
  /** Once for each that has connected or been refused since it was told otherwise. Must not reject. */
  tell: (chat: ChatSummary) => Promise<void>;
  clock: Clock;
}

/** Between two looks at what is in memory; also at a change that was made on the page. In ms. */
const LOOK_MS = 1000;

/**
 * `told`: as they were said to be. One that is away for a while comes back by itself, and is not told. Rejects with the signal's
 * reason only.
 */
export async function watchChats(
  told: readonly ChatSummary[],
  { chats, tell, clock }: LaterChatsDeps,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map(told.map((chat) => [chat.platform, stateOf(chat)]));
  for (;;) {
    await clock.sleep(LOOK_MS, signal);
    const now = chats();
    for (const platform of known.keys())
      if (!now.some((chat) => chat.platform === platform)) known.delete(platform);
    for (const chat of now) {
      const state = stateOf(chat);
      if (state === 'away' || state === known.get(chat.platform)) continue;
      known.set(chat.platform, state);
      await tell(chat);
    }
  }
}

function stateOf({ connected, problem }: ChatSummary): 'connected' | 'refused' | 'away' {
  if (connected) return 'connected';
  return problem?.code === 'token-refused' ? 'refused' : 'away';
}
