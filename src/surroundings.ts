/** Finds out where Easel runs. */
import { existsSync, readFileSync } from 'node:fs';
import type { Surroundings } from './core/surroundings.ts';

/** What is asked of the machine; tests answer themselves. */
export interface Traces {
  exists(path: string): boolean;
  /** Empty: it cannot be read. */
  read(path: string): string;
  /** This process and its parent: `npm start` stands between systemd and Easel. */
  pids: readonly number[];
}

const MARKS = ['/.dockerenv', '/run/.containerenv'];
const CGROUP = '/proc/1/cgroup';
const CONTAINERS = /docker|containerd|kubepods|libpod|crio|\blxc\b/;
const TOLD: readonly Surroundings[] = ['shell', 'container', 'service'];

/**
 * `EASEL_IN` has the last word: the image and the unit set it. Else Docker's and Podman's marks, the variable `container` of
 * systemd's container interface, Kubernetes, and the control group of process 1 are believed; and systemd's `SYSTEMD_EXEC_PID`,
 * where it is ours.
 */
export function surroundingsOf(
  environment: Record<string, string | undefined>,
  traces: Traces = machine,
): Surroundings {
  const told = TOLD.find((one) => one === environment['EASEL_IN']);
  if (told !== undefined) return told;
  const isContainer =
    MARKS.some((path) => traces.exists(path)) ||
    (environment['container'] ?? '') !== '' ||
    environment['KUBERNETES_SERVICE_HOST'] !== undefined ||
    CONTAINERS.test(traces.read(CGROUP));
  if (isContainer) return 'container';
  const manager = Number(environment['SYSTEMD_EXEC_PID'] ?? Number.NaN);
  return traces.pids.includes(manager) ? 'service' : 'shell';
}

const machine: Traces = {
  exists: existsSync,
  read(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return ''; // there is none, as on macOS
    }
  },
  pids: [process.pid, process.ppid],
};
