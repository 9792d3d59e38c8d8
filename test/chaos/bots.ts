/** An Easel that a scenario may restart: inside this process, where time is ours, or as one of its own, which can be killed. */
import type { Overrides } from '../../src/app/index.ts';
import { startEasel } from '../world/easel.ts';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { pause } from './party.ts';
import { eventually, type Stage } from './scenario.ts';

export interface Bot {
  /** Processes, or what stood for them, that have come up so far. */
  readonly starts: number;
  /** Killed where there is a process, otherwise stopped as by a signal. */
  restart(): Promise<void>;
  /** To the process, if there is one. */
  signal(name: NodeJS.Signals): void;
}

/** Between two starts of a process that ends by itself, as an orchestrator's. */
const AGAIN_MS = 1000;

export async function botInside(
  stage: Stage,
  environment: Record<string, string>,
  overrides: Overrides,
): Promise<Bot> {
  let easel = await startEasel(environment, overrides);
  let starts = 1;
  stage.onEnd(() => easel.stop());
  return {
    get starts() {
      return starts;
    },
    async restart() {
      await easel.stop();
      easel = await startEasel(environment, overrides);
      starts += 1;
    },
    signal: () => undefined,
  };
}

/** Started again whenever it ends, until the stage does: also when it cannot start. */
export async function botOutside(stage: Stage, environment: Record<string, string>): Promise<Bot> {
  let bot: EaselProcess | undefined;
  const over = new AbortController();
  let starts = 0;
  const living = (async () => {
    while (!over.signal.aborted) {
      bot = spawnEasel(environment, [], 'test/chaos/bot.ts');
      bot.says(/"msg":"started"/).then(
        () => (starts += 1),
        () => undefined, // it could not, and is started again
      );
      await bot.ended;
      if (!over.signal.aborted) await pause(AGAIN_MS);
    }
  })();
  stage.onEnd(async () => {
    over.abort();
    // also one that was stopped
    bot?.signal('SIGKILL');
    await living;
  });
  await eventually(stage, () => starts > 0);
  return {
    get starts() {
      return starts;
    },
    async restart() {
      bot?.signal('SIGKILL');
      await bot?.ended;
    },
    signal: (name) => bot?.signal(name),
  };
}
