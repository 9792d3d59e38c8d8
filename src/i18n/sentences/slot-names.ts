/** What slots are called that are found in a workflow, and their choices: names that can be typed. */
import type { Purpose, Shape } from '../../core/detected.ts';
import type { Speaker } from '../speaker.ts';

export const slotNames = ({ say }: Speaker) => ({
  name: (purpose: Purpose) => say(`slotName.${purpose}`),
  shape: (shape: Shape) => say(`shapeName.${shape}`),
});
