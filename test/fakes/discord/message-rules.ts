/** The rules that hold over a whole message: what Discord refuses, and what a careful bot would not send. */
import { type Components, layoutComponents, legacyComponents } from './component-schema.ts';
import { flatten, mediaUrls } from './component-walk.ts';
import type { MessageVersion } from './message.ts';
import { type Embed, MessageFlag, type MessageBody, messageSchema } from './message-schema.ts';
import { badField, parseForm, Refusal } from './refusal.ts';

export interface CheckedBody {
  readonly body: MessageBody;
  readonly components: Components | undefined;
  readonly flags: number;
}

const SETTABLE = MessageFlag.suppressEmbeds | MessageFlag.suppressNotifications | MessageFlag.componentsV2;
const LAYOUT_TEXT = 4000;
const EMBED_TEXT = 6000;

/** Parses a body; `before` is what an edit starts from. Notes what Discord would let pass but a person would mind. */
export function checkBody(
  payload: unknown,
  before: MessageVersion | undefined,
  options: { readonly mayHide: boolean; readonly note: (violation: string) => void },
): CheckedBody {
  const body = parseForm(messageSchema, payload ?? {});
  const flags = checkFlags(body, before, options);
  const layout = (flags & MessageFlag.componentsV2) !== 0;
  const components = body.components
    ? parseForm<Components>(layout ? layoutComponents : legacyComponents, body.components, ['components'])
    : undefined;
  checkEmbeds(body.embeds ?? []);
  checkComponents(components ?? [], layout);
  if (body.tts) options.note('a message is read aloud (tts)');
  if (body.allowed_mentions === undefined || body.allowed_mentions === null) {
    const texts = [body.content ?? '', ...flatten(components).map((component) => component.content ?? '')];
    const pings = texts.flatMap((text) => findMentions(text));
    if (pings.length > 0) options.note(`without allowed_mentions this pings: ${pings.join(' ')}`);
  }
  return { body, components, flags };
}

function checkFlags(
  body: MessageBody,
  before: MessageVersion | undefined,
  options: { readonly mayHide: boolean; readonly note: (violation: string) => void },
): number {
  const asked = body.flags ?? 0;
  const kept = before ? before.flags & (MessageFlag.ephemeral | MessageFlag.componentsV2) : 0;
  const allowed = SETTABLE | (options.mayHide ? MessageFlag.ephemeral : 0) | kept;
  if ((asked & ~allowed) !== 0) options.note(`flags ${asked & ~allowed} cannot be set here`);
  const drops =
    body.flags !== undefined && body.flags !== null && (kept & ~asked & MessageFlag.componentsV2) !== 0;
  if (drops) options.note('an edit tried to take IS_COMPONENTS_V2 off');
  const unsaid = body.flags === undefined || body.flags === null;
  const settable = unsaid && before ? before.flags & SETTABLE : 0;
  return (asked & allowed) | kept | settable;
}

/** The text that counts against the 6000 characters of a message's embeds. */
function embedLength(embed: Embed): number {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  return [embed.title, embed.description, embed.footer?.text, embed.author?.name, ...fields].reduce(
    (sum, part) => sum + (part?.length ?? 0),
    0,
  );
}

function checkEmbeds(embeds: readonly Embed[]): void {
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (total > EMBED_TEXT) {
    const message = `Embed size exceeds maximum size of ${EMBED_TEXT}`;
    throw badField('embeds', 'MAX_EMBED_SIZE_EXCEEDED', message);
  }
}

function checkComponents(components: Components, layout: boolean): void {
  const all = flatten(components);
  if (layout && all.length > 40)
    throw badField('components', 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'At most 40 components');

  const text = all.reduce((sum, component) => sum + (component.content?.length ?? 0), 0);
  if (text > LAYOUT_TEXT) {
    const message = `Must be ${LAYOUT_TEXT} or fewer in length in all`;
    throw badField('components', 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message);
  }
  const ids = all.flatMap((component) => component.custom_id ?? []);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    const message = `Component custom id cannot be duplicated: ${twice}`;
    throw badField('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
  }
}

/** The finished message, after an edit was laid over what was there. */
export function checkVersion(version: MessageVersion, note: (violation: string) => void): void {
  const layout = (version.flags & MessageFlag.componentsV2) !== 0;
  if (layout && (version.content !== '' || version.embeds.length > 0)) {
    const field = version.content === '' ? 'embeds' : 'content';
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    throw badField(field, code, `The '${field}' field cannot be used with MessageFlags.IS_COMPONENTS_V2`);
  }
  const empty = version.content === '' && version.embeds.length === 0 && version.attachments.length === 0;
  if (empty && version.components.length === 0) throw new Refusal(400, 50006, 'Cannot send an empty message');
  const names = new Set(version.attachments.map((file) => `attachment://${file.filename}`));
  const shown = new Set(mediaUrls([version.components, version.embeds]));
  for (const url of shown) {
    if (!url.startsWith('attachment://') || names.has(url)) continue;
    if (!layout) note(`an embed shows ${url}, which is not attached`);
    else {
      const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
      throw badField('components', code, `The referenced attachment was not found: ${url}`);
    }
  }
  if (!layout) return;
  for (const file of version.attachments) {
    const unseen = !shown.has(`attachment://${file.filename}`) && !shown.has(file.url);
    if (unseen) note(`${file.filename} is attached to a components v2 message that does not show it`);
  }
}

/** What in this text would notify somebody if nothing forbids it. */
function findMentions(text: string): string[] {
  return text.match(/@everyone|@here|<@[!&]?\d{15,20}>/g) ?? [];
}

/** What of this text does notify somebody, given the allowed mentions; without them, all of it. */
export function actualPings(text: string, allowed: MessageBody['allowed_mentions']): string[] {
  const mentions = findMentions(text);
  if (!allowed) return mentions;
  return mentions.filter((mention) => {
    const id = /\d+/.exec(mention)?.[0];
    if (id === undefined) return allowed.parse?.includes('everyone') ?? false;
    const kind = mention.startsWith('<@&') ? 'roles' : 'users';
    return (allowed.parse?.includes(kind) ?? false) || (allowed[kind]?.includes(id) ?? false);
  });
}
