/** A modal, or a Home tab, as it stands: the bot changes it, a person fills it in and submits or closes it. */
import { randomBytes } from 'node:crypto';
import type { Block } from './block-schema.ts';
import { controlsIn, type Control, type Option, textsIn } from './block-walk.ts';
import { newId } from './ids.ts';
import type { ViewBody } from './view-schema.ts';
import { changed } from '../wait.ts';
import type { User, World } from './world.ts';

/** As a payload's state has it; `type` tells whose it is. */
export type Entry = Record<string, unknown>;

export class FakeView {
  readonly id = newId('V');
  readonly user: User;
  readonly previous: FakeView | undefined;
  /** Every version, the first included. */
  readonly versions: ViewBody[];
  hash = '';
  closed = false;
  /** What the person has entered, by block_id and action_id; it outlives an update that keeps both. */
  entered: Record<string, Record<string, Entry>> = {};
  /** What the bot offered in selects that ask for their options, by block_id. */
  readonly suggested = new Map<string, readonly Option[]>();
  /** What the bot said about the last submission, by block_id. */
  errors: Readonly<Record<string, string>> = {};

  constructor(user: User, body: ViewBody, previous?: FakeView) {
    this.user = user;
    this.versions = [body];
    this.previous = previous;
    this.#touch();
  }

  #touch(): void {
    this.hash = `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`;
  }

  get body(): ViewBody {
    const last = this.versions.at(-1);
    if (!last) throw new Error('a view has at least one version');
    return last;
  }

  get rootId(): string {
    return this.previous?.rootId ?? this.id;
  }

  get depth(): number {
    return 1 + (this.previous?.depth ?? 0);
  }

  get blocks(): readonly Block[] {
    return this.body.blocks;
  }

  get callbackId(): string {
    return this.body.callback_id ?? '';
  }

  get privateMetadata(): string {
    return this.body.private_metadata ?? '';
  }

  get title(): string {
    return this.body.type === 'modal' ? this.body.title.text : '';
  }

  /** Everything that a person can read in it. */
  get visible(): string {
    return [this.title, ...textsIn(this.blocks).map((one) => one.text)].join('\n');
  }

  get controls(): readonly Control[] {
    return controlsIn(this.blocks);
  }

  replace(body: ViewBody): void {
    this.versions.push(body);
    this.errors = {};
    const kept = Object.entries(this.entered).flatMap(([blockId, entries]) =>
      this.controls
        .filter(({ action_id: id, blockId: at, type }) => at === blockId && entries[id]?.['type'] === type)
        .map(({ action_id: id }) => [blockId, { [id]: entries[id] ?? {} }] as const),
    );
    this.entered = Object.fromEntries(kept);
    this.#touch();
  }

  describe(): string {
    const inputs = this.controls.map((one) => `${one.blockId}/${one.action_id} (${one.type})`);
    const errors = Object.entries(this.errors).map(([id, why]) => `  error at ${id}: ${why}`);
    const head = `view ${this.callbackId} "${this.title}"${this.closed ? ' (closed)' : ''}: ${inputs.join(', ')}`;
    return [head, ...errors].join('\n');
  }
}

/** Another one lies on it. */
export function isCovered(world: World, view: FakeView): boolean {
  return [...world.views.values()].some((one) => one.previous === view && !one.closed);
}

/** Slack keeps at most three views on top of one another. */
export const MAX_VIEWS = 3;

export function keepView(world: World, view: FakeView): FakeView {
  world.views.set(view.id, view);
  changed(world);
  return view;
}

/** Closes a view, and with `all` everything under it. */
export function close(world: World, view: FakeView, all: boolean): void {
  view.closed = true;
  if (all) for (const one of world.views.values()) if (one.rootId === view.rootId) one.closed = true;
  changed(world);
}

export function viewJson(world: World, view: FakeView, values: unknown = {}): Record<string, unknown> {
  const body: ViewBody = view.body;
  return {
    ...body,
    id: view.id,
    // whoever looks at it; what follows is where the app is
    team_id: view.user.teamId,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    state: { values },
    hash: view.hash,
    previous_view_id: view.previous?.id ?? null,
    root_view_id: view.rootId,
    app_id: world.appId,
    external_id: body.external_id ?? '',
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
    ...(body.type === 'modal'
      ? {
          clear_on_close: body.clear_on_close ?? false,
          notify_on_close: body.notify_on_close ?? false,
          submit: body.submit ?? null,
          close: body.close ?? null,
        }
      : {}),
  };
}
