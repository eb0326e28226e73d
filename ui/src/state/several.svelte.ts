/** Several runs found in one text: looked through, then added one after the other. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { AppError, FoundRun, RunRow } from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { SEVERAL } from '../words/adding';
import type { Announcer } from './announcer.svelte';
import { Latest, type Still } from './latest';

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
  private lists = new Latest();

  constructor(
    private host: Host,
    private take: (row: RunRow) => void,
    private announcer: Announcer,
  ) {}

  /** `done` is called once all that was ticked is in the list. */
  show(accountId: string, found: FoundRun[], done: () => void): void {
    this.lists.begin();
    this.busy = false;
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
    this.lists.end();
    this.busy = false;
    this.isOpen = false;
  }

  toggle(run: FoundRun): void {
    if (!this.ticked.delete(run.runId)) this.ticked.add(run.runId);
  }

  async add(): Promise<void> {
    const { accountId, chosen, done } = this;
    if (this.busy || chosen.length === 0) return;
    const still = this.lists.join();
    this.busy = true;
    this.errors.clear();
    let [added, failed] = [0, 0];
    for (const run of chosen) {
      if (!still()) break;
      if (await this.addOne(accountId, run, still)) added += 1;
      else failed += 1;
    }
    this.announcer.say(SEVERAL.done(added, failed));
    if (!still()) return;
    this.busy = false;
    if (failed > 0) return;
    this.close();
    done();
  }

  /** A run of a list that was left changes nothing of the next one. */
  private async addOne(accountId: string, { runId }: FoundRun, still: Still): Promise<boolean> {
    try {
      this.take(await this.host.addRun(accountId, runId));
    } catch (thrown) {
      if (still()) this.errors.set(runId, toAppError(thrown));
      return false;
    }
    if (still()) {
      this.runs = this.runs.filter((run) => run.runId !== runId);
      this.ticked.delete(runId);
    }
    return true;
  }
}
