/** A watch over the stage's templates whose looks a test calls for, one at a time. */
import { onTestFinished } from 'vitest';
import { createDriftWatch } from '../../../src/commands/operator/drift.ts';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { until } from '../../fakes/until.ts';
import { classes, commandStage, publish } from './stage.ts';

export const EVERY_MS = 1000;
export const WITHOUT_SD = () => classes({ ckpt_name: ['xl.safetensors'] });

export async function driftStage() {
  const stage = await commandStage();
  const clock = createManualClock();
  stage.backend.classes = classes();
  await publish(stage.commands);
  const watch = createDriftWatch({ ...stage.room, clock, everyMs: EVERY_MS });
  onTestFinished(() => watch.stop());
  let looks = 0;
  /** One look at a backend that has this by now. */
  async function look(has: NodeClasses | undefined): Promise<void> {
    stage.backend.classes = has;
    if (looks === 0) watch.start();
    else clock.advance(EVERY_MS);
    looks += 1;
    await until(() => clock.sleeps.length === looks && clock.sleeping === 1);
  }
  return { ...stage, clock, watch, look };
}
