/**
 * Start, cancel, restart: asked about by name, sent as confirmed, never sent again by itself
 * (docs/RULES.md, 9). What the question showed is what the backend is told to expect.
 */
import type {
  Availability,
  ActionReply,
  AppError,
  ExpectedState,
  RunDetail,
  RunRow,
  StepRow,
} from '../generated/contract';
import { toAppError, type Host, type RunRef } from '../host/host';
import { environmentToActIn } from '../words/accounts';
import { TERMS } from '../words/common';
import { isolated, nameOf } from '../words/names';
import {
  CANCEL,
  CANCEL_OLDER,
  FACTS,
  nothingSent,
  olderWay,
  restartWords,
  START,
  START_OLDER,
  toldWords,
} from '../words/questions';
import { cut, runStanding } from '../words/runs';
import type { Accounts } from './accounts.svelte';
import type { Ask, Fact } from './ask.svelte';
import type { Latest, Still } from './latest';
import type { OpenRun } from './open-run.svelte';

/** One kind of action: its words, its call, and how to read from a detail whether it makes sense. */
interface Deed {
  title: string;
  confirm: string;
  dismiss: string;
  sending: string;
  /** What is on its button. */
  button: string;
  danger: boolean;
  explanation: string | null;
  /** The run is watched from then on. */
  watches: boolean;
  step: StepRow | null;
  ability: (detail: RunDetail) => Availability | null;
  send: (run: RunRef, asked: Asked) => Promise<ActionReply>;
  /** The older call, to be offered where SolveXia does not know this one (docs/RULES.md, 12). */
  older: Deed | null;
}

/** What was confirmed: the state that the question showed, and why it is done where that was typed. */
interface Asked {
  expected: ExpectedState;
  reason?: string;
}

/** Where nothing was typed, no reason is sent. */
export const withReason = (expected: ExpectedState, reason: string): Asked =>
  reason === '' ? { expected } : { expected, reason };

export class Actions {
  constructor(
    private host: Host,
    private ask: Ask,
    private accounts: Accounts,
    private open: OpenRun,
    private isPaused: () => boolean,
    private moves: Latest,
  ) {}

  start(detail: RunDetail): void {
    this.question(this.startDeed(), detail.row, detail.start);
  }

  cancel(detail: RunDetail): void {
    this.question(this.cancelDeed(), detail.row, detail.cancel);
  }

  restart(detail: RunDetail, step: StepRow): void {
    this.question(this.restartDeed(step), detail.row, step.restart);
  }

  private question(
    deed: Deed,
    row: RunRow,
    ability: Availability,
    changed: string | null = null,
    typed = '',
  ): void {
    if (!ability.allowed) return;
    const expected: ExpectedState = { status: row.status, attempt: row.attempt };
    const run: RunRef = { accountId: row.accountId, runId: row.runId };
    this.ask.ask({
      title: deed.title,
      facts: this.facts(row, deed.step),
      changed,
      warning: ability.warning,
      explanation: this.explanation(deed),
      confirm: deed.confirm,
      dismiss: deed.dismiss,
      danger: deed.danger,
      reason: typed,
      go: (_, reason) => this.send(deed, run, row, withReason(expected, reason)),
    });
  }

  private explanation({ explanation, watches }: Deed): string | null {
    if (!watches) return explanation;
    const told = toldWords(this.isPaused());
    return explanation ? `${explanation} ${told}` : told;
  }

  private facts(row: RunRow, step: StepRow | null): Fact[] {
    const account = this.accounts.get(row.accountId);
    const facts: Fact[] = [
      { label: TERMS.run, value: nameOf(row.name, row.runId) },
      { label: TERMS.runId, value: row.runId },
      { label: TERMS.environment, value: environmentToActIn(account) },
      { label: FACTS.statusNow, value: runStanding(row).word },
    ];
    if (account && this.accounts.list.length > 1) {
      facts.splice(2, 0, { label: TERMS.account, value: cut(account.label) });
    }
    if (step) {
      const place = step.order === null ? '' : `${step.order} `;
      const name = isolated(nameOf(step.name, step.stepId));
      facts.push({ label: FACTS.fromStep, value: `${place}${name} (${step.stepId})` });
    }
    return facts;
  }

  private async send(deed: Deed, run: RunRef, row: RunRow, asked: Asked): Promise<void> {
    if (!this.open.begin(run, deed.sending)) return;
    const still = this.moves.join();
    try {
      const reply = await deed.send(run, asked);
      this.open.answer(run, reply);
      if (reply.offerDeprecated && deed.older) {
        await this.offerOlder(deed.older, run, row, reply, still, asked.reason);
      }
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'changed') await this.askAgain(deed, run, error, still, asked.reason);
      else this.open.fail(run, error);
    } finally {
      this.open.end(run);
      if (this.open.isOpen(run)) void this.open.changed();
    }
  }

  /** The run is not as the question showed it: asks again with what it is now. */
  private async askAgain(
    deed: Deed,
    run: RunRef,
    error: AppError,
    still: Still,
    reason?: string,
  ): Promise<void> {
    const now = await this.detailNow(run, error);
    if (!now) return;
    const ability = deed.ability(now);
    if (ability?.allowed && this.isLookedAt(run, still)) {
      return this.question(deed, now.row, ability, error.message, reason);
    }
    const more = ability?.allowed ? nothingSent(deed.button) : ability?.reason;
    this.open.fail(run, more ? { ...error, message: `${error.message} ${more}` } : error);
  }

  private async offerOlder(
    older: Deed,
    run: RunRef,
    shown: RunRow,
    reply: ActionReply,
    still: Still,
    reason?: string,
  ): Promise<void> {
    const now = await this.detailNow(run, null);
    if (!this.isLookedAt(run, still)) {
      const words = olderWay(older.button);
      return this.open.answer(run, { ...reply, message: `${reply.message} ${words}` });
    }
    const ability = now && older.ability(now);
    // The detail may say “busy” while this action ends; the backend has the last word either way.
    const warning = ability?.warning ?? null;
    const offered = { allowed: true, reason: null, warning };
    this.question(older, now?.row ?? shown, offered, null, reason);
  }

  /** A question comes up by itself only over the run that it is about, and over nothing else. */
  private isLookedAt(run: RunRef, still: Still): boolean {
    return still() && this.open.isOpen(run) && this.ask.isFree;
  }

  private async detailNow(run: RunRef, instead: AppError | null): Promise<RunDetail | null> {
    try {
      return await this.host.runDetail(run);
    } catch (thrown) {
      this.open.fail(run, instead ?? toAppError(thrown));
      return null;
    }
  }

  private startDeed(): Deed {
    const older: Deed = {
      ...STARTS,
      ...START_OLDER,
      send: (run, asked) => this.host.startRunDeprecated({ ...run, ...asked }),
    };
    return { ...STARTS, send: (run, asked) => this.host.startRun({ ...run, ...asked }), older };
  }

  private cancelDeed(): Deed {
    const older: Deed = {
      ...CANCELS,
      ...CANCEL_OLDER,
      send: (run, asked) => this.host.cancelRunDeprecated({ ...run, ...asked }),
    };
    return {
      ...CANCELS,
      send: (run, asked) => this.host.cancelRun({ ...run, ...asked }),
      older,
    };
  }

  private restartDeed(step: StepRow): Deed {
    return {
      ...restartWords(step.order ?? step.stepId),
      danger: true,
      watches: true,
      step,
      ability: (detail) =>
        detail.steps.find(({ stepId }) => stepId === step.stepId)?.restart ?? null,
      send: (run, asked) => this.host.restartFromStep({ ...run, stepId: step.stepId, ...asked }),
      older: null,
    };
  }
}

const STARTS: Omit<Deed, 'send'> = {
  ...START,
  danger: false,
  watches: true,
  step: null,
  ability: (detail) => detail.start,
  older: null,
};

const CANCELS: Omit<Deed, 'send'> = {
  ...CANCEL,
  danger: true,
  watches: false,
  step: null,
  ability: (detail) => detail.cancel,
  older: null,
};
