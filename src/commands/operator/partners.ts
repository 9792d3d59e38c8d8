/**
 * Nodes that call a paid partner spend the operator's money, so that a guild may use them only where the operator has
 * allowed it. What was published before Easel asked goes on; the templates folder is the operator's own choice.
 */
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import { within } from '../../core/time.ts';
import { mayUsePartners } from '../../guilds/operator-policy.ts';
import type { OperatorRules } from '../../guilds/rules-schema.ts';
import { partnerNodes } from '../../templates/check.ts';
import { newest, type Entry } from '../../templates/library/index.ts';
import type { Operators } from './operators.ts';

export interface PartnerRules {
  /** Never rejects. */
  allows(guild: Pick<Caller, 'platform' | 'guild'>): Promise<boolean>;
  /** Rejects with EaselError `partner-nodes`; `backend-unasked` while it is not known whether it has any. */
  require(caller: Caller, entry: Pick<Entry, 'template' | 'head'>): Promise<void>;
}

export interface PartnerOptions {
  rules: () => OperatorRules;
  /** The operators' own guilds. */
  operators?: Pick<Operators, 'own'> | undefined;
  /** Versions from before then go on running; ms since 1970. */
  since?: number | undefined;
  backend: Backend;
}

/** For asking the backend what it has. */
const NODES_MS = 5000;

export function createPartnerRules({ rules, operators, since = 0, backend }: PartnerOptions): PartnerRules {
  const allows: PartnerRules['allows'] = async (guild) =>
    mayUsePartners(guild, rules()) || (await operators?.own(guild)) === true;

  /** Undefined where it does not matter. */
  async function askedFor(caller: Caller): Promise<NodeClasses | undefined> {
    try {
      return await within(NODES_MS, (signal) => backend.nodes(signal));
    } catch (error) {
      if (await allows(caller)) return undefined;
      throw new EaselError({ code: 'backend-unasked', backend: backend.name }, { cause: error });
    }
  }

  return {
    allows,
    async require(caller, { template, head }) {
      if (!head || !template || mayUsePartners(caller, rules())) return;
      const version = newest(head);
      if (version.at < since) return;
      const nodes = backend.knownNodes() ?? (version.partners ? undefined : await askedFor(caller));
      const found = nodes ? partnerNodes(template.workflow, nodes) : (version.partners ?? []);
      if (found.length > 0 && !(await allows(caller)))
        throw new EaselError({ code: 'partner-nodes', nodes: found, allowed: false });
    },
  };
}
