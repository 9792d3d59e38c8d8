/** How many fetch at once: each takes a connection and a handle, of which others need some too. */

export interface Admission {
  /** Undefined: there is none left for this client; else what gives it back. */
  take(client: string): (() => void) | undefined;
}

export interface DownloadLimits {
  all: number;
  perClient: number;
}

export function createAdmission({ all, perClient }: DownloadLimits): Admission {
  const taken = new Map<string, number>();
  let count = 0;
  return {
    take(client) {
      const theirs = taken.get(client) ?? 0;
      if (count >= all || theirs >= perClient) return undefined;
      count += 1;
      taken.set(client, theirs + 1);
      return () => {
        const left = (taken.get(client) ?? 1) - 1;
        count -= 1;
        if (left > 0) taken.set(client, left);
        else taken.delete(client);
      };
    },
  };
}
