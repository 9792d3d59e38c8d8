import { DiscordAPIError, HTTPError, RESTJSONErrorCodes as Code } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../../../src/core/errors.ts';
import { explained } from '../../../../../src/platforms/discord/errors.ts';
import { blameOf, judged, mindsContent } from '../../../../../src/platforms/discord/replies/refusals.ts';

function refusal(status: number, code: number, errors?: object): DiscordAPIError {
  const raw = { code, message: 'no', ...(errors && { errors }) };
  return new DiscordAPIError(raw as never, code, status, 'PATCH', 'https://discord.example', {});
}

describe('a refusal of Discord', () => {
  it.each([
    [400, Code.MessageWasBlockedByAutomaticModeration, 'words'],
    [400, Code.MessageBlockedByHarmfulLinksFilter, 'words'],
    [400, Code.ExplicitContentCannotBeSentToTheDesiredRecipient, 'files'],
    [400, Code.AccessToFileUploadsHasBeenLimitedForThisGuild, 'files'],
    [413, Code.RequestEntityTooLarge, 'files'],
    [400, Code.RequestEntityTooLarge, 'files'],
    [400, Code.CannotSendAnEmptyMessage, 'content'],
    [400, Code.YouDoNotHavePermissionToSendThisSticker, 'form'],
    [400, 999_999, 'content'],
    [403, 999_999, 'place'],
    [404, Code.UnknownMessage, 'place'],
    [403, Code.MissingAccess, 'place'],
    [403, Code.CannotSendMessagesToThisUser, 'place'],
    [401, Code.InvalidWebhookToken, 'place'],
    [401, 0, 'place'],
    [400, Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, 'place'],
    [400, Code.InvalidActionOnArchivedThread, 'place'],
    [400, Code.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages, 'place'],
    [429, 0, undefined],
    [408, 0, undefined],
    [500, 0, undefined],
  ] as const)('%i with code %i is about: %s', (status, code, blame) => {
    const error = refusal(status, code);
    expect(blameOf(error)).toBe(blame);
    expect(mindsContent(error)).toBe(blame !== undefined && blame !== 'place');
    const passes = blame === undefined || (status === 401 && true);
    expect(judged(error) instanceof Refused).toBe(!passes);
  });

  it.each([
    [{ content: { _errors: [] } }, 'words'],
    [{ components: { 0: { _errors: [] } } }, 'form'],
    [{ attachments: { 0: { _errors: [] } } }, 'files'],
    [{ nonce: { _errors: [] } }, 'form'],
    [undefined, 'form'],
  ])('of a form is about the field that it names: %j', (errors, blame) => {
    expect(blameOf(refusal(400, Code.InvalidFormBodyOrContentType, errors))).toBe(blame);
  });

  it('without words of its own is a file that is too large, or nothing', () => {
    const bare = (status: number) => new HTTPError(status, 'no', 'PATCH', 'https://discord.example', {});
    expect(blameOf(bare(413))).toBe('files');
    expect(blameOf(bare(502))).toBeUndefined();
    expect(blameOf(new Error('other side closed'))).toBeUndefined();
  });

  it('for its words is told as that to whoever asked', () => {
    const cause = refusal(400, Code.MessageWasBlockedByAutomaticModeration);
    expect(explained(cause)).toMatchObject({ problem: { code: 'words-blocked' }, cause });
    const other = refusal(403, Code.MissingAccess);
    expect(explained(other)).toBe(other);
  });
});
