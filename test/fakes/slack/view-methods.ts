/** views.*: opening a modal costs the trigger of the act that it answers, within three seconds. */
import type { FakeAct } from './act.ts';
import { checkView } from './block-rules.ts';
import { id, json, method, type MethodTable, text } from './method.ts';
import { Refusal } from './refusal.ts';
import { FakeView, keepView, MAX_VIEWS, viewJson } from './view.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

/** A trigger opens one view and then never again. */
function exchange(world: World, triggerId: string): FakeAct {
  const act = world.acts.find((one) => one.triggerId === triggerId);
  if (!act) throw new Refusal('invalid_trigger_id');
  if (act.triggerUsed) throw new Refusal('exchanged_trigger_id', { messages: [act.facts.label] });
  const age = Math.round(world.clock.now() - act.begun);
  if (age > world.settings.triggerMs)
    throw new Refusal('expired_trigger_id', { messages: [`${act.facts.label}, ${age} ms ago`] });

  return act;
}

function findView(world: World, viewId: string | undefined, externalId: string | undefined): FakeView {
  const view =
    viewId === undefined
      ? [...world.views.values()].find((one) => one.body.external_id === externalId && !one.closed)
      : world.views.get(viewId);
  // a person who has closed the modal is nobody's mistake
  if (!view || view.closed) throw new Refusal('not_found', { expected: view?.closed ?? false });
  return view;
}

export const viewMethods: MethodTable = {
  ...method('views.open', [], { trigger_id: id, view: json }, (world, args) => {
    const body = checkView(world, args.view, 'modal');
    const act = exchange(world, args.trigger_id);
    act.triggerUsed = true;
    const view = keepView(world, new FakeView(act.facts.user, body));
    act.views.push(view);
    changed(world);
    return { view: viewJson(world, view) };
  }),
  ...method('views.push', [], { trigger_id: id, view: json }, (world, args) => {
    const body = checkView(world, args.view, 'modal');
    const act = exchange(world, args.trigger_id);
    const below = act.facts.view;
    if (!below)
      throw new Refusal('invalid_arguments', { messages: ['views.push needs a trigger from a view'] });
    if (below.depth >= MAX_VIEWS) throw new Refusal('push_limit_reached');
    act.triggerUsed = true;
    const view = keepView(world, new FakeView(act.facts.user, body, below));
    act.views.push(view);
    changed(world);
    return { view: viewJson(world, view) };
  }),
  ...method(
    'views.update',
    [],
    { view_id: text, external_id: text, hash: text, view: json },
    (world, args) => {
      const view = findView(world, args.view_id, args.external_id);
      if (args.hash !== undefined && args.hash !== view.hash)
        throw new Refusal('hash_conflict', { expected: true });
      view.replace(checkView(world, args.view));
      changed(world);
      return { view: viewJson(world, view) };
    },
  ),
  ...method('views.publish', [], { user_id: id, hash: text, view: json }, (world, args) => {
    const user = world.users.get(args.user_id);
    if (!user) throw new Refusal('invalid_user_id');
    const body = checkView(world, args.view);
    if (body.type !== 'home')
      throw new Refusal('invalid_arguments', { messages: ['only a home view is published'] });
    const view = keepView(world, new FakeView(user, body));
    return { view: viewJson(world, view) };
  }),
};
