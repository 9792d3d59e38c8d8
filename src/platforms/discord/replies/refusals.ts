/** What Discord's refusals of a message are about: the place, or which part of what was said. */
import { DiscordAPIError, HTTPError, RESTJSONErrorCodes as Code } from 'discord.js';
import { z } from 'zod';
import { Refused } from '../../../core/errors.ts';
import type { Blame } from '../../kit/tries.ts';

/** By Discord's code; what is not here goes by its status. */
const BLAMES: Partial<Record<number, Blame>> = {
  // AutoMod: in servers where Easel is no member also in edits
  [Code.MessageWasBlockedByAutomaticModeration]: 'words',
  [Code.TitleWasBlockedByAutomaticModeration]: 'words',
  [Code.MessageBlockedByHarmfulLinksFilter]: 'words',
  [Code.StageTopicServerNameServerDescriptionOrChannelNamesContainDisallowedWords]: 'words',
  [Code.ExplicitContentCannotBeSentToTheDesiredRecipient]: 'files',
  [Code.MaximumNumberOfAttachmentsInAMessageReached]: 'files',
  [Code.RequestEntityTooLarge]: 'files',
  [Code.FileUploadedExceedsMaximumSize]: 'files',
  [Code.InvalidFileUploaded]: 'files',
  [Code.ProvidedFileIsInvalid]: 'files',
  [Code.ProvidedFileTypeIsInvalid]: 'files',
  [Code.FailedToResizeAssetBelowTheMinimumSize]: 'files',
  [Code.UploadedFileNotFound]: 'files',
  [Code.AccessToFileUploadsHasBeenLimitedForThisGuild]: 'files',
  [Code.CannotSendAnEmptyMessage]: 'content',
  [Code.InvalidFormBodyOrContentType]: 'form',
  [Code.RequestBodyContainsInvalidJSON]: 'form',
  [Code.InvalidStickerSent]: 'form',
  [Code.YouDoNotHavePermissionToSendThisSticker]: 'form',
  [Code.SpecifiedEmojiIsInvalid]: 'form',
  // not for this message: unknown, closed, too late, too often
  [Code.InvalidWebhookToken]: 'place',
  [Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached]: 'place',
  [Code.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages]: 'place',
  [Code.InvalidActionOnArchivedThread]: 'place',
  [Code.CannotExecuteActionOnThisChannelType]: 'place',
  [Code.CannotExecuteActionOnSystemMessage]: 'place',
  [Code.CannotSendMessagesInNonTextChannel]: 'place',
  [Code.CannotSendAMessageInAForumChannel]: 'place',
  [Code.ThreadLocked]: 'place',
};

/** By the field that 50035 names. */
const FIELDS: Record<string, Blame> = {
  content: 'words',
  embeds: 'form',
  components: 'form',
  attachments: 'files',
  files: 'files',
};

/** Undefined: an outage, a rate limit, or no answer of Discord's: the same may be taken later. */
export function blameOf(error: unknown): Blame | undefined {
  if (isTooLarge(error)) return 'files';
  if (!(error instanceof DiscordAPIError) || isPassing(error.status)) return undefined;
  // as for who may do what: unknown messages, missing access, closed direct messages, a token that is refused
  return namedField(error) ?? BLAMES[Number(error.code)] ?? (error.status === 400 ? 'content' : 'place');
}

/** A refusal for what was said, whatever part of it. */
export function mindsContent(error: unknown): boolean {
  const blame = blameOf(error);
  return blame !== undefined && blame !== 'place';
}

/** Discord's 40005, or a proxy's bare 413. */
export function isTooLarge(error: unknown): boolean {
  if (error instanceof DiscordAPIError)
    return error.code === Code.RequestEntityTooLarge || error.status === 413;
  return error instanceof HTTPError && error.status === 413;
}

/** As `Refused` what Discord would answer again; an outage, a rate limit and a token that is to be put right come back as they are. */
export function judged(error: unknown): unknown {
  if (isTooLarge(error)) return new Refused(error);
  if (!(error instanceof DiscordAPIError)) return error;
  return isPassing(error.status) || error.status === 401 ? error : new Refused(error);
}

function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

const Fields = z.object({ errors: z.record(z.string(), z.unknown()) });

/** Of a form that 50035 finds invalid. */
function namedField({ rawError }: DiscordAPIError): Blame | undefined {
  const named = Fields.safeParse(rawError).data?.errors ?? {};
  return Object.keys(named)
    .map((field) => FIELDS[field])
    .find((blame) => blame !== undefined);
}
