/** Puts the summary together from what is open. */
import { access, constants } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import type { Chat } from '../../core/chat.ts';
import type { ConnectionState } from '../../core/connection.ts';
import type { DiskState } from '../../core/disk.ts';
import type { Problem } from '../../core/errors.ts';
import type { BackendSummary, ChatSummary, PageSummary, Summary, Warning } from '../../core/summary.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import type { Setup } from '../setup.ts';
import { abovePlan, stillOdd } from './warnings.ts';

/** What a start knows of itself before it begins. */
export interface Start {
  version: string;
  surroundings: Surroundings;
  warnings: Warning[];
}

export interface Parts {
  config: Config;
  start: Start;
  /** But the page. */
  chats: Iterable<Chat>;
  /** How it stands with those that have an owner. */
  states?: Record<string, ConnectionState>;
  backend: BackendSummary;
  templates: Omit<Summary['templates'], 'folder'>;
  page: PageSummary | undefined;
  /** What Easel is connected with, and where that was set. */
  setup: Pick<Setup, 'config' | 'origins'>;
  /** Undefined: nobody has measured it. */
  disk: Partial<DiskState> | undefined;
  log?: string | undefined;
}

export async function gather({
  config,
  start,
  chats,
  states = {},
  templates,
  setup,
  disk,
  ...rest
}: Parts): Promise<Summary> {
  const { DATA_DIR: folder, STORE_URL: store, TEMPLATES_DIR, COMFY_CONCURRENCY: concurrency } = config;
  const { total, fixed, budget, free, full, nearly } = { ...disk };
  const sizes = disk && { total, fixed, budget, free, full, nearly };
  const unusable = await cannotBeWritten(folder);
  return {
    ...start,
    ...rest,
    concurrency,
    warnings: [...stillOdd(start.warnings, setup.config()), ...abovePlan(concurrency, rest.backend)],
    origins: setup.origins(),
    chats: chatSummaries(chats, states),
    templates: { folder: TEMPLATES_DIR, ...templates },
    data: {
      folder,
      ...(store !== undefined && { store }),
      ...(unusable && { unusable }),
      ...sizes,
    },
  };
}

/** But the page, as they are now. */
export function chatSummaries(
  chats: Iterable<Chat>,
  states: Record<string, ConnectionState> = {},
): ChatSummary[] {
  return Array.from(chats, (chat) => chatSummary(chat, states[chat.platform]));
}

function chatSummary(chat: Chat, state: ConnectionState | undefined): ChatSummary {
  // what it says of itself is known once its start is over
  const connected = chat.ready() && (state === undefined || state.kind === 'connected');
  const { platform } = chat;
  const met = state && 'problem' in state ? state.problem : undefined;
  const refused: Problem | undefined = chat.refused?.() === true ? { code: 'token-refused', platform } : met;
  const lack = chat.lacks?.();
  const told = chat.notes?.() ?? [];
  const isTold = told.some((note) => JSON.stringify(note) === JSON.stringify(lack));
  return {
    platform,
    connected,
    ...(!connected && refused && { problem: refused }),
    notes: lack && !isTold ? [...told, lack] : told,
    ...chat.about?.(),
  };
}

/** One that is not there yet can be made. */
async function cannotBeWritten(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return false;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
