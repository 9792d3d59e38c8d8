/** What a test run of a draft is run with: as a real run would be, but that nobody is asked. */
import { EaselError } from '../../core/errors.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Template } from '../../core/template.ts';
import { withChoices } from '../../templates/choices.ts';
import { settle } from '../../templates/models/settle.ts';
import { trialValues } from '../../templates/trial.ts';
import type { RawValues } from '../../templates/values.ts';
import { TRIAL_PICTURE } from './trial-picture.ts';

/** Throws EaselError `no-trial-file`. */
export function settledTrial(
  template: Template,
  nodes: NodeClasses | undefined,
): { template: Template; raw: RawValues } {
  const shown = withChoices(template, nodes);
  const raw = trialValues(shown, { image: TRIAL_PICTURE });
  try {
    return { template: shown, raw: settle(template, raw, nodes).raw };
  } catch (error) {
    // nothing takes the place of what is missing: the backend says so
    if (error instanceof EaselError) return { template: shown, raw };
    throw error;
  }
}
