/** The rules that hold over all blocks of a message or view: limits, names that are there once, files that are ready. */
import type { z } from 'zod';
import { type Block, messageBlocks } from './block-schema.ts';
import { controlsIn, picturesIn, withIds } from './block-walk.ts';
import { type FakeFile, isPicture } from './file.ts';
import { hasScope } from './manifest.ts';
import { issueMessages, Refusal } from './refusal.ts';
import { anyView, modalView, type ViewBody } from './view-schema.ts';
import type { World } from './world.ts';

export interface CheckedBlocks {
  readonly blocks: readonly Block[];
  /** Pictures from Slack's own files, in order. */
  readonly images: readonly FakeFile[];
}

/** What is refused with invalid_blocks. */
export function checkBlocks(world: World, value: unknown): CheckedBlocks {
  if (!Array.isArray(value)) throw new Refusal('invalid_blocks_format');
  const parsed = parse(messageBlocks, value, 'invalid_blocks', '/blocks');
  const blocks = withIds(parsed);
  const wrong = [...duplicates(blocks, ''), ...misplacedFileInputs(blocks)];
  const images = findFiles(world, blocks, '/blocks', wrong);
  const expected = world.faults.distrustFiles;
  if (wrong.length > 0) throw new Refusal('invalid_blocks', { messages: wrong, expected });
  return { blocks, images };
}

/** What is refused with invalid_arguments, as Slack does for views. */
export function checkView(world: World, value: unknown, only?: 'modal'): ViewBody {
  const parsed = parse(only ? modalView : anyView, value, 'invalid_arguments', '/view');
  const blocks = withIds(parsed.blocks);
  const wrong = duplicates(blocks, '/view');
  findFiles(world, blocks, '/view/blocks', wrong);
  if (wrong.length > 0) throw new Refusal('invalid_arguments', { messages: wrong });
  const asksForFiles = controlsIn(blocks).some((control) => control.type === 'file_input');
  if (asksForFiles && !hasScope(world, ['files:read']))
    world.violations.push('a view has a file_input, and the manifest lacks files:read');

  return { ...parsed, blocks };
}

function parse<T>(schema: z.ZodType<T>, value: unknown, error: string, at: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal(error, { messages: issueMessages(result.error, at) });
}

function duplicates(blocks: readonly Block[], at: string): string[] {
  const wrong: string[] = [];
  const blockIds = blocks.map((block) => block.block_id);
  blocks.forEach((block, index) => {
    if (blockIds.indexOf(block.block_id) !== index)
      wrong.push(
        `block_id \`${block.block_id}\` already exists [json-pointer:${at}/blocks/${index}/block_id]`,
      );

    const actionIds = controlsIn([block]).map((control) => control.action_id);
    const twice = actionIds.find((id, place) => actionIds.indexOf(id) !== place);
    if (twice !== undefined)
      wrong.push(
        `\`action_id\` ${twice} already exists for another element [json-pointer:${at}/blocks/${index}]`,
      );
  });
  return wrong;
}

function misplacedFileInputs(blocks: readonly Block[]): string[] {
  return controlsIn(blocks)
    .filter((control) => control.type === 'file_input')
    .map(() => 'unsupported type: file_input [json-pointer:/blocks]');
}

function findFiles(world: World, blocks: readonly Block[], at: string, wrong: string[]): FakeFile[] {
  return picturesIn(blocks, at).flatMap((picture) => {
    const file = [...world.files.values()].find(
      (one) => one.id === picture.id || one.urlPrivate === picture.url || one.permalink === picture.url,
    );
    const isUsable = file && !file.deleted && file.processed && isPicture(file) && file.visibleToBot(world);
    if (isUsable && !world.faults.distrustFiles) return [file];
    const why = file ? ` (${file.describe()})` : '';
    wrong.push(`invalid slack file${why} [json-pointer:${picture.at}]`);
    return [];
  });
}
