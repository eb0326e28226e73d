/** What the palette offers of the open run. What is sent to SolveXia leads to its usual question. */
import type { RunDetail, RunRow, StepRow } from '../../generated/contract';
import type { App } from '../../state/app.svelte';
import { canArchive } from '../../state/archive.svelte';
import type { Offer } from '../../state/palette.svelte';
import { canBeHandled } from '../../state/tabs';
import { BUTTONS } from '../../words/common';
import { chord } from '../../words/keys';
import { MUTE } from '../../words/muting';
import { OPEN_RUN, RUN_ACTIONS } from '../../words/open-run';
import { RUN_OFFERS } from '../../words/palette';
import { cut, mutedNow, upcoming } from '../../words/runs';
import { isolated, nameOf } from '../../words/names';
import { reasonsOf, stageOf } from '../run/stage';

export function runOffers(app: App): Offer[] {
  const { row, detail } = app.open;
  if (!row || app.page !== 'runs') return [];
  return [...sent(app, row, detail), ...noted(app, row), ...list(app, row)].map((offer) => ({
    ...offer,
    kind: 'run-action',
  }));
}

type Part = Omit<Offer, 'kind'>;

function sent(app: App, row: RunRow, detail: RunDetail | null): Part[] {
  const { open, actions } = app;
  const reasons = reasonsOf(detail, open.action);
  const offers: Part[] = [
    {
      id: 'start',
      words: ['done', 'stopped'].includes(stageOf(row))
        ? RUN_ACTIONS.startAgain
        : RUN_ACTIONS.start,
      reason: reasons.start,
      act: () => detail && actions.start(detail),
    },
    {
      id: 'cancel',
      words: RUN_ACTIONS.cancel,
      reason: reasons.cancel,
      act: () => detail && actions.cancel(detail),
    },
  ];
  if (!detail) return offers;
  const restarts = detail.steps.filter(({ restart }) => restart.allowed);
  const restart = (step: StepRow): Part => ({
    id: `restart ${step.stepId}`,
    words: RUN_ACTIONS.restartFrom(
      `${step.order ?? step.stepId} ${isolated(cut(nameOf(step.name, step.stepId), 60))}`,
    ),
    reason: reasons.restart(step),
    // The one that failed is what a restart is mostly for.
    isRare: step.status !== 'Failed',
    act: () => actions.restart(detail, step),
  });
  return [...offers, ...restarts.map(restart)];
}

function noted(app: App, row: RunRow): Part[] {
  const { handling, notifications } = app;
  const mute = (words: string, time: Parameters<typeof notifications.mute>[1]): Part => ({
    id: `mute ${time}`,
    words,
    isRare: true,
    act: () => void notifications.mute(row, time),
  });
  const { morning } = notifications;
  const untilMorning = morning === null ? MUTE.nextMorning : upcoming(morning);
  // Asked only where it is muted: the clock would have the offers made anew each second.
  const muted = row.muted && mutedNow(row, app.clock.now);
  const mutes = muted
    ? [mute(RUN_OFFERS.unmute, 'unmute')]
    : [
        mute(RUN_OFFERS.snoozeHour, 'hour'),
        mute(RUN_OFFERS.snoozeUntil(untilMorning), 'morning'),
        mute(RUN_OFFERS.mute, 'forever'),
      ];
  const offers: Part[] = [
    {
      id: 'watch',
      words: row.watched ? RUN_ACTIONS.stopWatching : RUN_ACTIONS.watch,
      act: () => app.list.watch(row),
    },
  ];
  // A mute of the whole account is the account's.
  if (row.watched && !muted?.account) offers.push(...mutes);
  if (row.handled) {
    const act = () => void handling.unmark(row);
    offers.push({ id: 'unhandle', words: RUN_ACTIONS.unhandle, act });
  } else if (canBeHandled(row)) {
    const act = () => void handling.mark([row]);
    offers.push({ id: 'handle', words: RUN_ACTIONS.handle, act });
    const note = () => handling.askNote([row]);
    offers.push({ id: 'note', words: RUN_ACTIONS.handleWithNote, act: note });
  }
  return offers;
}

function list(app: App, row: RunRow): Part[] {
  const offers: Part[] = [
    {
      id: 'refresh',
      words: BUTTONS.refresh,
      key: chord('R'),
      reason: app.open.reading === null ? null : RUN_OFFERS.beingRead,
      act: () => void app.open.refresh(),
    },
    { id: 'copy-id', words: OPEN_RUN.copyId, act: () => void app.copy(row.runId) },
  ];
  if (row.archived) {
    const act = () => void app.archive.bringBack(row);
    offers.push({ id: 'unarchive', words: RUN_OFFERS.bringBack, act });
  } else if (canArchive(row)) {
    const act = () => void app.archive.putAway([row]);
    offers.push({ id: 'archive', words: RUN_ACTIONS.archive, act });
  }
  const words = row.watched ? RUN_ACTIONS.removeWatched : RUN_ACTIONS.remove;
  return [...offers, { id: 'remove', words, act: () => app.list.remove(row) }];
}
