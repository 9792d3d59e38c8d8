/** What work costs, however many others share the machine. */

/** `work` and how long it has kept this thread's processor busy, in ms. */
export function measured<T>(work: () => T): { result: T; cpuMs: number } {
  const begun = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(begun);
  return { result, cpuMs: (user + system) / 1000 };
}
