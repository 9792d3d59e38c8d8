/** How test runs of drafts have ended: one that left nothing to post keeps its draft from being ready. */
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { TemplateStore } from '../../templates/library/store.ts';

/** Writes it down in the draft, unless other outputs were chosen meanwhile. Never rejects: what fails is logged. */
export function createTried(
  store: Pick<TemplateStore, 'draft' | 'saveDraft' | 'inTurn'>,
  log: Log,
): (job: Job) => Promise<void> {
  async function note({ draft: id, end, outputNodes }: Job): Promise<void> {
    const isBare = end?.kind === 'failed' && end.problem.code === 'no-outputs';
    if (id === undefined || !(isBare || end?.kind === 'succeeded')) return;
    await store.inTurn(id, async () => {
      const draft = await store.draft(id);
      if (!draft || !isSame(draft.outputs, outputNodes)) return;
      if ((draft.bare ?? false) !== isBare) await store.saveDraft({ ...draft, bare: isBare });
    });
  }

  return async (job) => {
    try {
      await note(job);
    } catch (error) {
      log.warn({ job: job.id, draft: job.draft, err: error }, 'how a test run ended was not written down');
    }
  };
}

function isSame(some: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  return JSON.stringify(some ?? null) === JSON.stringify(others ?? null);
}
