/** Tasks that nobody waits for but a stop. */

export interface Tasks {
  /** It must not reject. */
  track: (task: Promise<void>) => void;
  /** Once none is left, those among them that were added meanwhile. */
  settled: () => Promise<void>;
}

export function createTasks(): Tasks {
  const tasks = new Set<Promise<void>>();
  return {
    track(task) {
      const tracked = task.finally(() => tasks.delete(tracked));
      tasks.add(tracked);
    },
    async settled() {
      while (tasks.size > 0) await Promise.allSettled(tasks);
    },
  };
}
