/**
 * Connecting Easel from its page: what is set and by whom, what a test finds, and what is saved. A service that the environment
 * says anything about is the environment's alone, so that no secret of one goes to an address of the other.
 */
import type { ConnectionState } from '../../../core/connection.ts';
import { EaselError } from '../../../core/errors.ts';
import type { SecretBook } from '../../../core/secrets.ts';
import type { Hold } from '../../../core/standing.ts';
import { within, type Clock } from '../../../core/time.ts';
import { createTurns } from '../../../core/turns.ts';
import type { ConnectionsStore } from '../../../guilds/connections.ts';
import type { RulesStore } from '../../../guilds/rules.ts';
import { SERVICES, type Service, type ServiceSetting, type ServiceValues } from '../../../guilds/services.ts';
import { isSecret, kept, tailOf, withoutCredentials, type TypedValues } from './values.ts';
import type { Fact } from './facts.ts';

/** How it stands with the backend. */
export interface BackendSeatState {
  address: string;
  sandbox: boolean;
  hold: Hold | undefined;
  /** Another one takes its place when so many jobs have ended on this one. */
  waitsFor: number | undefined;
}

export interface ShownSetting {
  name: ServiceSetting;
  /** Only of what is no secret. */
  value?: string;
  /** The end of a secret, where it is long enough to say. */
  tail?: string;
}

export interface ServiceView {
  service: Service;
  /** Variables of the environment that rule this service; none: it is set here. */
  fixed: ServiceSetting[];
  /** What was set here, also where the environment rules. */
  set?: { at: number; by: string; settings: ShownSetting[]; readable: boolean };
  /** Why what is set here is not used. */
  problem?: EaselError['problem'];
}

export interface ConnectView {
  services: ServiceView[];
  chats: Record<'discord' | 'slack', ConnectionState>;
  backend: BackendSeatState;
}

export interface ConnectDeps {
  store: ConnectionsStore;
  rules: Pick<RulesStore, 'record'>;
  /** Variables of the environment that rule a service. */
  fixed: (service: Service) => ServiceSetting[];
  /** As the environment is checked. Throws EaselError that names the setting. */
  check: (service: Service, values: ServiceValues) => void;
  /** Asks the service itself, and changes nothing there. Rejects when `signal` is aborted. */
  probe: (service: Service, values: ServiceValues, signal: AbortSignal) => Promise<Fact[]>;
  /** Before another backend is written down: that jobs are on the present one. */
  beforeChange: () => Promise<void>;
  /** What is written down now holds. Never rejects. */
  apply: (service: Service) => Promise<void>;
  changeNow: () => void;
  chats: () => ConnectView['chats'];
  backend: () => BackendSeatState;
  secrets: Pick<SecretBook, 'add'>;
  clock: Pick<Clock, 'now'>;
}

export interface ConnectVerbs {
  show(): ConnectView;
  /** Rejects with EaselError where nothing could be asked with these values. */
  test(service: Service, typed: TypedValues, signal: AbortSignal): Promise<Fact[]>;
  /** Resolves once it is durable; it is applied from then on. Rejects with EaselError. */
  save(by: string, service: Service, typed: TypedValues): Promise<void>;
  remove(by: string, service: Service): Promise<void>;
  /** The change of the backend waits for nobody any more. */
  changeNow(): void;
}

const TEST_MS = 30_000;

export function createConnect(deps: ConnectDeps): ConnectVerbs {
  const { store, rules, fixed, check, secrets, clock } = deps;
  const inTurn = createTurns();

  function requireOurs(service: Service): void {
    const [name] = fixed(service);
    if (name !== undefined) throw new EaselError({ code: 'set-in-environment', setting: name });
  }

  function valuesOf(service: Service, typed: TypedValues): ServiceValues {
    const values = kept(service, typed, store.get(service)?.values ?? {});
    check(service, values);
    return values;
  }

  async function applied(
    service: Service,
    act: string,
    detail: string,
    by: string,
    work: () => Promise<void>,
  ) {
    if (service === 'comfy') await deps.beforeChange();
    const entry = { at: clock.now(), by, act, subject: service, detail };
    await rules.record(entry, work);
    if (fixed(service).length === 0) void deps.apply(service);
  }

  function shown(service: Service): ServiceView {
    const found = store.get(service);
    const view: ServiceView = { service, fixed: fixed(service) };
    if (!found) return view;
    const { at, by, names, values } = found;
    const settings = SERVICES[service]
      .filter((name) => names.includes(name))
      .map((name): ShownSetting => {
        const value = values?.[name];
        if (value === undefined) return { name };
        if (name === 'COMFY_URL') return { name, value: withoutCredentials(value) };
        if (!isSecret(name)) return { name, value };
        const tail = tailOf(value);
        return { name, ...(tail !== undefined && { tail }) };
      });
    return { ...view, set: { at, by, settings, readable: values !== undefined } };
  }

  return {
    show() {
      const names: Service[] = ['discord', 'slack', 'comfy'];
      const services = names.map((service): ServiceView => {
        const view = shown(service);
        const unreadable = view.set?.readable === false && view.fixed.length === 0;
        return unreadable ? { ...view, problem: { code: 'secrets-unreadable' } } : view;
      });
      return { services, chats: deps.chats(), backend: deps.backend() };
    },
    async test(service, typed, signal) {
      requireOurs(service);
      const values = valuesOf(service, typed);
      const forget = secrets.add(Object.values(values));
      try {
        return await within(TEST_MS, (either) => deps.probe(service, values, either), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof EaselError) return [{ kind: 'problem', problem: error.problem }];
        throw error;
      } finally {
        forget();
      }
    },
    save: (by, service, typed) =>
      inTurn(service, async () => {
        requireOurs(service);
        const values = valuesOf(service, typed);
        secrets.add(Object.values(values));
        const write = () => store.set(service, values, { at: clock.now(), by });
        await applied(service, 'connection.set', Object.keys(values).join(', '), by, write);
      }),
    remove: (by, service) =>
      inTurn(service, async () => {
        if (!store.get(service)) return;
        await applied(service, 'connection.remove', '', by, () => store.remove(service));
      }),
    changeNow: () => deps.changeNow(),
  };
}
