/** What who runs Easel can do about a backend that is not well. */
import type { Speaker } from '../speaker.ts';

export const advice = ({ say }: Speaker) => ({
  checkAddress: () => say('web.advice.checkAddress'),
  checkSlow: () => say('web.advice.checkSlow'),
  checkAnswer: () => say('web.advice.checkAnswer'),
  checkKey: () => say('web.advice.checkKey'),
  checkAccount: () => say('web.advice.checkAccount'),
  checkBusy: () => say('web.advice.checkBusy'),
});
