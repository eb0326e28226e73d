/**
 * Creating a run: sent once. Where the answer was lost, nobody knows whether there is a run now: it is
 * looked for, and another one is created only after a question.
 */
import { SvelteMap } from 'svelte/reactivity';
import type {
  AppError,
  ProcessRow,
  ProcessRunList,
  ProcessRunRow,
  RunRow,
} from '../generated/contract';
import { toAppError, type Host } from '../host/host';
import { environmentWords } from '../words/accounts';
import { TERMS } from '../words/common';
import { nameOf } from '../words/names';
import { LOST } from '../words/picker';
import { CREATE_ANOTHER } from '../words/questions';
import type { Accounts } from './accounts.svelte';
import type { Announcer } from './announcer.svelte';
import type { Ask } from './ask.svelte';
import type { OpenRun } from './open-run.svelte';
import { newSince } from './process-runs';

export interface Around {
  accounts: Accounts;
  announcer: Announcer;
  ask: Ask;
  open: OpenRun;
}

/** Where a run is created. */
export interface Target {
  accountId: string;
  process: ProcessRow;
  /** The runs that it had, as far as they were listed. */
  known: ProcessRunRow[] | null;
}

export interface LostAnswer {
  message: string;
  /** The runs of the process that were not there before. */
  newRuns: ProcessRunRow[];
  /** What came of listing the runs again. */
  look: 'under-way' | 'listed' | 'failed';
  target: Target;
}

/** What becomes of it. */
interface Outcome {
  made: (row: RunRow) => void;
  lost: (message: string) => Promise<void>;
  failed: (error: AppError) => void;
}

export class Creation {
  busy = $state(false);
  private answers = new SvelteMap<string, LostAnswer>();

  constructor(
    private host: Host,
    private around: Around,
  ) {}

  lost(accountId: string, { processId }: ProcessRow): LostAnswer | null {
    return this.answers.get(key(accountId, processId)) ?? null;
  }

  async create(target: Target, prefix: string, then: Outcome): Promise<void> {
    const { process, accountId } = target;
    const lost = this.lost(accountId, process);
    if (this.busy || lost?.look === 'under-way') return;
    if (!lost) return this.send(target, prefix, false, then);
    const account = this.around.accounts.get(accountId);
    this.around.ask.ask({
      ...CREATE_ANOTHER,
      facts: [
        { label: TERMS.process, value: nameOf(process.name, process.processId) },
        { label: TERMS.processId, value: process.processId },
        { label: TERMS.environment, value: environmentWords(account) },
      ],
      warning: CREATE_ANOTHER.warning[lost.look === 'failed' ? 'unlisted' : 'listed'],
      danger: true,
      go: () => this.send(target, prefix, true, then),
    });
  }

  /** `again`: another one is wanted, though nobody knows what became of an earlier one. */
  private async send(target: Target, prefix: string, again: boolean, then: Outcome): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { accountId, process } = target;
    const at = key(accountId, process.processId);
    try {
      const reply = await this.host.createRun(accountId, process.processId, prefix, again);
      this.busy = false;
      const { row, message, newRuns } = reply;
      if (!row) {
        const words = message ?? LOST.answer;
        this.answers.set(at, { message: words, newRuns, look: 'under-way', target });
        this.around.announcer.say(words);
        return then.lost(words);
      }
      this.answers.delete(at);
      then.made(row);
      if (message === null) return;
      this.around.open.answer(row, {
        result: 'ok',
        message,
        problem: null,
        offerDeprecated: false,
      });
      this.around.announcer.say(message);
    } catch (thrown) {
      this.busy = false;
      then.failed(toAppError(thrown));
    }
  }

  /** The runs were listed after the answer was lost: what they show that was not there is new too. */
  listed(
    accountId: string,
    { processId }: ProcessRow,
    { rows: runs, isCut }: ProcessRunList,
  ): void {
    const lost = this.answers.get(key(accountId, processId));
    if (!lost) return;
    const { newRuns, target } = lost;
    const since = newSince([...newRuns, ...(target.known ?? runs)], runs);
    this.answers.set(key(accountId, processId), {
      ...lost,
      newRuns: [...newRuns, ...since],
      // What was not read may hold it.
      look: isCut ? 'failed' : 'listed',
    });
  }

  /** They could not be listed: whoever wants another one all the same decides without. */
  unlisted(accountId: string, { processId }: ProcessRow): void {
    const at = key(accountId, processId);
    const lost = this.answers.get(at);
    if (lost) this.answers.set(at, { ...lost, look: 'failed' });
  }

  /** One of the new runs was added: it is the one that was looked for. */
  found(accountId: string, { processId }: ProcessRow, runId: string): void {
    const lost = this.answers.get(key(accountId, processId));
    if (lost?.newRuns.some((run) => run.runId === runId)) {
      this.answers.delete(key(accountId, processId));
    }
  }
}

const key = (accountId: string, processId: string) => `${accountId}/${processId}`;
