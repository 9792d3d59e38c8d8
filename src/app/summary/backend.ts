/** Asks the backend who it is, for so long as a start may wait; and goes on asking until it has said so. */
import { offeredBy } from '../../comfy/index.ts';
import type { Backend } from '../../core/backend.ts';
import { problemOf, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { BackendSummary } from '../../core/summary.ts';
import { backoff, orAborted, within, type Clock } from '../../core/time.ts';
import { errorCode } from '../../core/error-code.ts';

/** For the first answer, its node classes included: they are megabytes where there are many custom nodes. */
export const ASK_MS = 4000;
const AGAIN_BASE_MS = 1000;
const AGAIN_CAP_MS = 15_000;

export interface Asked {
  backend: Backend;
  sandbox: boolean;
  log: Log;
  /** Tests scale it. */
  askMs?: number | undefined;
}

/** Never rejects for what the backend does; rejects with the signal's reason. */
export async function askBackend(
  { backend, sandbox, log, askMs = ASK_MS }: Asked,
  signal: AbortSignal,
): Promise<BackendSummary> {
  const known: BackendSummary = { name: backend.address, sandbox, answers: false };
  const readNodes = async (patience: AbortSignal): Promise<void> => {
    Object.assign(known, counted(await orAborted(backend.nodes(patience), patience)));
  };
  /** That it takes us is known already. */
  const readAccount = async (patience: AbortSignal): Promise<void> => {
    try {
      const account = await orAborted(backend.account(patience), patience);
      Object.assign(known, account && { account });
    } catch (error) {
      if (!patience.aborted) log.debug({ backend: backend.address, err: error }, 'the account was not asked');
    }
  };
  try {
    await within(
      askMs,
      async (patience) => {
        const { version } = await orAborted(backend.about(patience), patience);
        // what it is, it may have said just now
        Object.assign(known, {
          name: backend.address,
          answers: true,
          ...(version !== undefined && { version }),
        });
        await Promise.all([readNodes(patience), readAccount(patience)]);
      },
      signal,
    );
    return known;
  } catch (error) {
    signal.throwIfAborted();
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    // that it lives is known; how much it has is told later
    if (known.answers && isLate) return known;
    const ref = crypto.randomUUID();
    log.warn({ backend: backend.address, ref, err: error }, 'backend not ready');
    const silent: Problem = { code: 'backend-timeout', backend: backend.name, fault: 'no-answer' };
    const reason = errorCode(error);
    return {
      ...known,
      answers: false,
      problem: isLate ? silent : problemOf(error, ref),
      ...(reason !== undefined && { reason }),
    };
  }
}

/** Resolves once it has answered, and told its node classes. Rejects with the signal's reason. */
export async function untilAnswered(
  asked: Asked,
  clock: Clock,
  signal: AbortSignal,
): Promise<BackendSummary> {
  for (let attempt = 0; ; attempt += 1) {
    await clock.sleep(backoff(attempt, AGAIN_BASE_MS, AGAIN_CAP_MS), signal);
    // whoever waits for it has logged it once
    const found = await askBackend({ ...asked, log: QUIET }, signal);
    if (found.answers && found.classes !== undefined) return found;
  }
}

const nothing = (): void => undefined;
const QUIET: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function counted(classes: NodeClasses): Pick<BackendSummary, 'classes' | 'checkpoints' | 'diffusionModels'> {
  const { checkpoints, diffusionModels } = offeredBy(classes);
  return {
    classes: classes.size,
    checkpoints: checkpoints.length,
    diffusionModels: diffusionModels.length,
  };
}
