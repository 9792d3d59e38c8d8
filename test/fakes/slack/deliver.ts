/** Telling the bot what a person did: over Socket Mode or HTTP, with a deadline, and again when an event goes unheard. */
import type { FakeAct, OpenDelivery } from './act.ts';
import { applyAck } from './ack-payload.ts';
import { bodyOf, payloadOf, post, verifyUrl } from './http-delivery.ts';
import type { SocketMode } from './socket.ts';
import { later } from './later.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

export interface Courier {
  /** The first time. Throws when no bot is there to hear a command or a click. */
  deliver(act: FakeAct, payload: Readonly<Record<string, unknown>>): void;
  /** The same again, as it happens when an acknowledgement was lost on the way. */
  redeliver(act: FakeAct): Promise<void>;
  /** HTTP from now on; verifies the address first. */
  useHttp(url: string): Promise<void>;
}

/** One delivery that is still waiting. */
interface Pending extends OpenDelivery {
  readonly act: FakeAct;
  /** Calls off the end of Slack's patience. */
  readonly beforeDeadline: () => void;
  /** On the fair clock. */
  readonly begun: number;
  /** Slack does not listen any longer. */
  readonly hangUp: AbortController;
}

const ENVELOPES = {
  command: 'slash_commands',
  event: 'events_api',
  message_action: 'interactive',
  block_actions: 'interactive',
  block_suggestion: 'interactive',
  view_submission: 'interactive',
  view_closed: 'interactive',
} as const;

export function createCourier(world: World, socket: SocketMode): Courier {
  const pending = new Map<string, Pending>();
  const finished = new Map<string, FakeAct>();
  let url: string | undefined;

  const settle = (id: string): Pending | undefined => {
    const found = pending.get(id);
    if (!found) return undefined;
    pending.delete(id);
    finished.set(id, found.act);
    found.beforeDeadline();
    return found;
  };

  const onAck = (id: string, payload: Readonly<Record<string, unknown>> | undefined): void => {
    world.counts.acks += 1;
    const found = settle(id);
    if (!found) {
      const act = finished.get(id);
      const why = act
        ? `${act.facts.label} was acknowledged twice, or too late`
        : `nothing is known of ${id}`;
      if (act && act.deliveries.length > 1) return;
      world.violations.push(`acknowledgement: ${why}`);
      changed(world);
      return;
    }
    const { act, delivery } = found;
    const isFirst = act.ackMs === undefined;
    delivery.ackMs = Math.round(world.clock.now() - found.begun);
    if (isFirst) applyAck(world, act, payload);
    found.resolve();
    changed(world);
  };
  socket.onAck = onAck;

  const fail = (id: string, why: string, reason: string, again: boolean): void => {
    const found = settle(id);
    if (!found) return;
    found.reject(new Error(why));
    found.hangUp.abort();
    if (again) retry(found.act, found.delivery.attempt, reason);
    changed(world);
  };

  const retry = (act: FakeAct, attempt: number, reason: string): void => {
    const delay = world.settings.retryDelaysMs[attempt];
    if (act.facts.kind !== 'event' || delay === undefined) return;
    later(world, delay, () => {
      world.counts.retries += 1;
      send(act, attempt + 1, reason);
    });
  };

  const sendHttp = (act: FakeAct, address: string, id: string, attempt: number, reason: string): void => {
    const headers: Record<string, string> =
      attempt > 0 ? { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason } : {};
    const { badSignature } = world.faults;
    post(world, address, bodyOf(act), headers, pending.get(id)?.hangUp.signal)
      .then((answer) => {
        const waiting = pending.get(id);
        if (waiting) waiting.delivery.status = answer.status;
        if (answer.status >= 200 && answer.status < 300) return onAck(id, payloadOf(answer.text));
        const why = `${act.facts.label} was answered with HTTP ${answer.status}`;
        // 503 is what a bot says that is on its way out.
        if (waiting && !badSignature && answer.status !== 503) world.violations.push(why);
        return fail(id, why, 'http_error', !answer.noRetry);
      })
      .catch((error: unknown) => fail(id, `${act.facts.label}: ${String(error)}`, 'connection_failed', true));
  };

  const send = (act: FakeAct, attempt: number, reason: string, sameId?: string): OpenDelivery => {
    const open = act.deliver(attempt, sameId);
    const { id } = open.delivery;
    const { label, kind } = act.facts;
    const { ackDeadlineMs } = world.settings;
    const beforeDeadline = world.clock.after(ackDeadlineMs, () => {
      const why = `${label} was not acknowledged within ${ackDeadlineMs} ms`;
      world.violations.push(why);
      fail(id, why, url === undefined ? 'timeout' : 'http_timeout', true);
    });
    const hangUp = new AbortController();
    const before = pending.get(id);
    before?.beforeDeadline();
    // the same envelope twice before an answer: one answer is for both
    const resolve = (): void => [before, open].forEach((one) => one?.resolve());
    const reject = (why: Error): void => [before, open].forEach((one) => one?.reject(why));
    pending.set(id, {
      delivery: open.delivery,
      resolve,
      reject,
      act,
      begun: world.clock.now(),
      beforeDeadline,
      hangUp,
    });
    if (url !== undefined) sendHttp(act, url, id, attempt, reason);
    else {
      const sent = socket.send({
        envelope_id: id,
        payload: act.payload,
        type: ENVELOPES[kind],
        accepts_response_payload: ['command', 'view_submission', 'block_suggestion'].includes(kind),
        ...(kind === 'event' ? { retry_attempt: attempt, retry_reason: reason } : {}),
      });
      if (!sent) fail(id, `${label}: no bot is connected to the fake Slack`, 'connection_failed', true);
    }
    return open;
  };

  return {
    deliver(act, payload) {
      act.payload = payload;
      if (url === undefined && socket.open === 0 && act.facts.kind !== 'event')
        throw new Error(`no bot is connected to the fake Slack to hear of ${act.facts.label}`);

      send(act, 0, '');
    },
    async redeliver(act) {
      const first = act.deliveries[0];
      if (!first) throw new Error(`${act.facts.label} was never delivered`);
      const { acknowledged } = send(act, act.deliveries.length, 'timeout', first.id).delivery;
      await acknowledged;
    },
    async useHttp(address) {
      await verifyUrl(world, address);
      url = address;
    },
  };
}
