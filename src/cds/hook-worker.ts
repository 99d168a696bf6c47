/** A thread that answers hook calls; `hook-pool.ts` starts it. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { CartographError } from '../core/cartograph-error.ts';
import type { Finding } from '../core/finding.ts';
import { loadMappings } from '../mapping/load-mappings.ts';
import { type Focus, focusMappings } from './focus-mappings.ts';
import type { WorkerAnswer, WorkerSettings, WorkerTask } from './hook-pool.ts';
import { runHookTask } from './hook-task.ts';

const { mappingsFolder, parameters } = workerData as WorkerSettings;
const mappings = await loadMappings(mappingsFolder);
const focused = {
  ELIGIBILITY: focusMappings(mappings, 'ELIGIBILITY'),
  TOXICITY: focusMappings(mappings, 'TOXICITY'),
} satisfies Record<Focus, unknown>;

parentPort?.on('message', async ({ number, task }: WorkerTask) => {
  parentPort?.postMessage(await answer(number, task));
});

async function answer(number: number, task: WorkerTask['task']): Promise<WorkerAnswer> {
  try {
    return { number, outcome: await runHookTask(task, { mappings: focused, parameters }, randomUUID) };
  } catch (error) {
    if (!(error instanceof CartographError)) return { number, fault: error };
    const [first, ...rest] = error.findings as readonly [Finding, ...Finding[]];
    return { number, outcome: { kind: 'refused', findings: [first, ...rest] } };
  }
}
