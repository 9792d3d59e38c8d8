/** Remembers what the server at an address has said that it is, for a start while it is down. */
import { z } from 'zod';
import { isDialectName, type BackendOptions, type DialectName } from '../comfy/index.ts';
import type { Log } from '../core/log.ts';
import type { Table } from '../store/index.ts';

/** The last address only: whoever changes it asks there. */
const KEY = 'backend-dialect';
const Known = z.object({ address: z.string(), dialect: z.custom<DialectName>(isDialectName) });

export interface KnownDialects {
  /** What a backend at `url` is opened with. Never rejects: what cannot be read is asked. */
  of(url: string): Promise<Pick<BackendOptions, 'lastKnown' | 'onKnown'>>;
}

export function openKnownDialects(marks: Pick<Table, 'get' | 'set'>, log: Log): KnownDialects {
  return {
    async of(url) {
      const address = withoutSecrets(url);
      const found = Known.safeParse(
        await marks.get(KEY).catch((error: unknown) => {
          log.warn({ err: error }, 'what the backend was is not known');
        }),
      );
      const onKnown: BackendOptions['onKnown'] = (dialect) => {
        marks.set(KEY, { address, dialect } satisfies z.infer<typeof Known>).catch((error: unknown) => {
          log.warn({ err: error }, 'what the backend is could not be kept');
        });
      };
      return { onKnown, ...(found.data?.address === address && { lastKnown: found.data.dialect }) };
    },
  };
}

function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
