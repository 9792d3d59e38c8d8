/** What a test has in store for a fake's next requests: rules, each good for some of them, and outages until they are ended. */

export interface Plan<Target extends { readonly times?: number }, Fault, Outage extends object> {
  /** For the next `times` requests that are meant; 1 unless told. */
  readonly add: (target: Target, fault: Fault) => void;
  /** Until the function that this gives is called. */
  readonly outage: (outage: Outage) => () => void;
  /** What a request runs into: an outage, or a rule, which is used up once. */
  readonly take: (meets: {
    outage: (outage: Outage) => Fault | undefined;
    target: (target: Target) => boolean;
  }) => Fault | undefined;
  readonly clear: () => void;
}

export function createPlan<Target extends { readonly times?: number }, Fault, Outage extends object>(): Plan<
  Target,
  Fault,
  Outage
> {
  const rules: { target: Target; left: number; fault: Fault }[] = [];
  const outages = new Set<Outage>();
  return {
    add(target, fault) {
      rules.push({ target, left: target.times ?? 1, fault });
    },
    outage(outage) {
      const own = { ...outage };
      outages.add(own);
      return () => void outages.delete(own);
    },
    take(meets) {
      for (const outage of outages) {
        const fault = meets.outage(outage);
        if (fault !== undefined) return fault;
      }
      const rule = rules.find(({ target, left }) => left > 0 && meets.target(target));
      if (!rule) return undefined;
      rule.left -= 1;
      return rule.fault;
    },
    clear() {
      rules.length = 0;
      outages.clear();
    },
  };
}
