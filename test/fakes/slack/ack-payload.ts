/** What comes with an acknowledgement: a command's answer, or what becomes of a submitted view. */
import { z } from 'zod';
import type { FakeAct } from './act.ts';
import { checkView } from './block-rules.ts';
import { optionGroup, plainOption } from './block-text.ts';
import type { Option } from './block-walk.ts';
import { Refusal } from './refusal.ts';
import { apply } from './response-url.ts';
import { close, FakeView, keepView, MAX_VIEWS } from './view.ts';
import type { World } from './world.ts';

const viewAnswer = z.strictObject({
  response_action: z.enum(['errors', 'update', 'push', 'clear']),
  errors: z.record(z.string(), z.string()).optional(),
  view: z.unknown().optional(),
});

const suggestions = z
  .strictObject({
    options: z.array(plainOption).max(100).optional(),
    option_groups: z.array(optionGroup).max(100).optional(),
  })
  .refine(
    (value) => (value.options === undefined) !== (value.option_groups === undefined),
    'must define either `options` or `option_groups`',
  );

type Payload = Readonly<Record<string, unknown>>;

export function applyAck(world: World, act: FakeAct, payload: Payload | undefined): void {
  const { kind, label, view } = act.facts;
  const wrong = (why: string): void => void world.violations.push(`${label}: ${why}`);
  act.ackPayload = payload;
  try {
    if (kind === 'view_submission' && view) answerView(world, act, view, payload);
    else if (kind === 'block_suggestion') act.options = suggested(payload);
    else if (payload && kind === 'command') apply(world, act, payload, `${label}, acknowledgement`);
    else if (payload) wrong(`what came with the acknowledgement is ignored: ${JSON.stringify(payload)}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    wrong(`the acknowledgement was refused: ${error.describe()}`);
  }
}

/** Slack shows nothing of an answer that it cannot read. */
function suggested(payload: Payload | undefined): Option[] {
  const parsed = suggestions.safeParse(payload);
  if (!parsed.success) throw new Refusal('invalid_options', { messages: [z.prettifyError(parsed.error)] });
  const options = parsed.data.options ?? (parsed.data.option_groups ?? []).flatMap((group) => group.options);
  const values = options.map(({ value }) => value);
  if (new Set(values).size < values.length)
    throw new Refusal('invalid_options', { messages: ['each option must have a value of its own'] });
  return options;
}

function answerView(world: World, act: FakeAct, view: FakeView, payload: Payload | undefined): void {
  if (!payload) return close(world, view, false);
  const parsed = viewAnswer.safeParse(payload);
  if (!parsed.success)
    throw new Refusal('invalid_response_action', { messages: [z.prettifyError(parsed.error)] });
  const { response_action: action, errors = {}, view: next } = parsed.data;
  if (action === 'clear') return close(world, view, true);
  if (action === 'errors') return showErrors(view, errors);
  const body = checkView(world, next, 'modal');
  if (action === 'update') {
    view.replace(body);
    act.views.push(view);
    return undefined;
  }
  if (view.depth >= MAX_VIEWS) throw new Refusal('push_limit_reached');
  act.views.push(keepView(world, new FakeView(act.facts.user, body, view)));
  return undefined;
}

/** Each error stands at an input block; anything else makes Slack say "we had some trouble connecting". */
function showErrors(view: FakeView, errors: Readonly<Record<string, string>>): void {
  const inputs = view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
  const strange = Object.keys(errors).filter((blockId) => !inputs.includes(blockId));
  if (strange.length > 0 || Object.keys(errors).length === 0)
    throw new Refusal('invalid_errors', {
      messages: [`no such input blocks: ${strange.join(', ') || '(none named)'}`],
    });

  view.errors = errors;
}
