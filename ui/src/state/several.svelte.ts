/** Several runs found in one text: looked through, then added one after the other. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { AppError, FoundRun, RunRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { SEVERAL } from '../words/adding';
import type { Announcer } from './announcer.svelte';

export class Several {
  isOpen = $state(false);
  runs = $state.raw<FoundRun[]>([]);
  busy = $state(false);
  readonly ticked = new SvelteSet<string>();
  /** Why a run could not be added, by its id. */
  readonly errors = new SvelteMap<string, AppError>();
  readonly chosen = $derived(this.runs.filter((run) => this.ticked.has(run.runId)));

  accountId = '';
  private done: () => void = () => undefined;

  constructor(
    private host: Host,
    private take: (row: RunRow) => void,
    private announcer: Announcer,
  ) {}

  /** `done` is called once all that was ticked is in the list. */
  show(accountId: string, found: FoundRun[], done: () => void): void {
    this.accountId = accountId;
    this.done = done;
    this.runs = found.filter(
      ({ runId }, n) => found.findIndex((other) => other.runId === runId) === n,
    );
    this.errors.clear();
    this.ticked.clear();
    for (const run of this.runs) if (!run.added) this.ticked.add(run.runId);
    this.isOpen = true;
  }

  /** What is being added is added; nothing after it. */
  close(): void {
    this.isOpen = false;
  }

  toggle(run: FoundRun): void {
    if (!this.ticked.delete(run.runId)) this.ticked.add(run.runId);
  }

  async add(): Promise<void> {
    const runs = this.chosen;
    if (this.busy || runs.length === 0) return;
    this.busy = true;
    this.errors.clear();
    let added = 0;
    for (const run of runs) {
      if (!this.isOpen) break;
      if (await this.addOne(run)) added += 1;
    }
    this.busy = false;
    const failed = this.errors.size;
    this.announcer.say(SEVERAL.done(added, failed));
    if (failed > 0 || !this.isOpen) return;
    this.close();
    this.done();
  }

  private async addOne({ runId }: FoundRun): Promise<boolean> {
    try {
      this.take(await this.host.addRun(this.accountId, runId));
    } catch (thrown) {
      this.errors.set(runId, toAppError(thrown));
      return false;
    }
    this.runs = this.runs.filter((run) => run.runId !== runId);
    this.ticked.delete(runId);
    return true;
  }
}
