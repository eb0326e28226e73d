/** Start, cancel and restart of the fake host: each writes its row of Activity. */
import type { ActionName, ActionReply, RunAction } from '../../generated/contract';
import type { RunRef } from '../host';
import { written } from './activity';
import { error, SUPPORT } from './errors';
import type { FakeRun, Playback } from './playback';
import type { Has } from './scenario';

export function actions(
  playback: Playback,
  has: Has,
  reach: () => Promise<void>,
  find: (run: RunRef) => FakeRun,
) {
  let asked = 0;
  return async (
    action: RunAction,
    kind: Extract<ActionName, 'start' | 'cancel' | 'restart'>,
    deprecated: boolean,
    effect: (run: FakeRun) => void,
    stepId: string | null = null,
  ): Promise<ActionReply> => {
    await reach();
    const run = find(action);
    if (has('refuses')) {
      throw error(
        'forbidden',
        'SolveXia refused this: the application lacks the scope “process_execute”. An administrator adds it in SolveXia’s API portal.',
        SUPPORT,
      );
    }
    asked += 1;
    if (has('changed') && asked === 1) {
      playback.changed(run);
      throw error('changed', 'The run has changed since you were asked.');
    }
    const offerDeprecated = has('deprecated') && !deprecated && kind !== 'restart';
    const message = offerDeprecated
      ? 'SolveXia does not know this call (404). Nothing was done.'
      : {
          start: 'SolveXia has scheduled the run.',
          cancel: 'SolveXia has cancelled the run.',
          restart: 'SolveXia restarted the run from this step.',
        }[kind];
    const step = run.steps.find((candidate) => candidate.stepId === stepId);
    const row = written(playback, run.row, {
      stepId,
      stepName: step ? `${step.order ?? ''} ${step.name}`.trim() : null,
      action: kind,
      deprecated,
      result: offerDeprecated ? 'refused' : 'ok',
      message,
      ...(action.reason === undefined ? {} : { reason: action.reason }),
    });
    if (!offerDeprecated) effect(run);
    const problem = offerDeprecated ? error('not-found', message) : null;
    return { result: row.result, message, problem, offerDeprecated };
  };
}
