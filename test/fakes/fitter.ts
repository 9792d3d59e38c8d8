/** For tests in which every file fits. */
import type { Fitter } from '../../src/platforms/kit/fit-files.ts';

export const allFit: Fitter = {
  fit: async (files) => ({ files: [...files], notes: [] }),
  linkTo: async () => undefined,
};
