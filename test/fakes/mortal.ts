/**
 * A process that can die: what it calls is done no more once it is dead, and what it waits for never comes. Used to
 * leave a manager behind as a crash would, in the middle of anything.
 */
export interface Life {
  readonly dead: boolean;
  die(): void;
  /** Dies at this call of a port (1 is the first): before it is done, or when it is done and nobody has heard. */
  dieAt(call: number, when: 'before' | 'after'): void;
  /** Calls of ports so far, by name. */
  readonly calls: readonly string[];
  /** The port as the process sees it. */
  port<T extends object>(name: string, target: T): T;
}

const never = (): Promise<never> => new Promise(() => undefined);

export function createLife(): Life {
  const calls: string[] = [];
  let dead = false;
  let fatal: { call: number; when: 'before' | 'after' } | undefined;

  async function lived(outcome: Promise<unknown>, last: boolean): Promise<unknown> {
    try {
      const value = await outcome;
      if (last) dead = true;
      return dead ? await never() : value;
    } catch (error) {
      if (last) dead = true;
      return dead ? never() : Promise.reject(error);
    }
  }

  function call(name: string, work: () => unknown): unknown {
    if (dead) return never();
    calls.push(name);
    const here = fatal?.call === calls.length ? fatal.when : undefined;
    if (here === 'before') {
      dead = true;
      return never();
    }
    const result = work();
    return result instanceof Promise ? lived(result, here === 'after') : result;
  }

  return {
    calls,
    get dead() {
      return dead;
    },
    die() {
      dead = true;
    },
    dieAt(at, when) {
      fatal = { call: at, when };
    },
    port: (name, target) =>
      new Proxy(target, {
        get(object, key) {
          const value: unknown = Reflect.get(object, key);
          // showing and asking have no effect that outlives the process: they are not counted
          if (typeof value !== 'function' || key === 'knows' || key === 'knownNodes') return value;
          if (key === 'show') return dead ? () => undefined : value;
          return (...given: unknown[]) =>
            call(`${name}.${String(key)}`, () => Reflect.apply(value, object, given) as unknown);
        },
      }),
  };
}
