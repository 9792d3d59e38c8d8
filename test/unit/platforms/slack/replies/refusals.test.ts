import { describe, expect, it } from 'vitest';
import { nextAfter, REFUSALS } from '../../../../../src/platforms/slack/replies/refusals.ts';
import { DOCUMENTED_METHODS, documentedErrors } from '../../../../fakes/slack/documented-errors.ts';

describe('what Slack may answer', () => {
  it.each(DOCUMENTED_METHODS)('%s: every documented error has its next try', (method) => {
    const unknown = documentedErrors(method).filter((code) => !Object.hasOwn(REFUSALS, code));
    expect(unknown).toEqual([]);
  });

  it('is about the content where nobody has documented it', () => {
    expect(nextAfter('something_new')).toBe('content');
    expect(nextAfter('toString')).toBe('content');
  });
});
