/** What people read about a run's usual duration and its end. Pure functions. */
import type { Forecast, RunRow } from '../generated/contract';
import { between, count, duration, roughly, timeOfDay } from './runs';

/** Whether what is usual rests on other runs than this one alone. */
export const hasOthers = ({ learnedFrom, latest }: Forecast, runId: string) =>
  learnedFrom > 1 || latest.some((run) => run.runId !== runId);

/** How long it usually takes; without earlier runs nothing is made up. */
export function usualWords(forecast: Forecast, run: Pick<RunRow, 'runId' | 'attempt'>): string {
  const { usualSeconds, bandSeconds, learnedFrom } = forecast;
  const isKnown = hasOthers(forecast, run.runId);
  if (usualSeconds === null || !isKnown) {
    return run.attempt > 1 && isKnown
      ? 'Usual duration not known: it was restarted, and a restarted run does only a part of the work.'
      : 'Usual duration not known yet: no earlier run of this process was seen to its end.';
  }
  const from = `from ${count(learnedFrom, 'run')}`;
  const band = bandSeconds ? `${between(...bandSeconds)}, ` : '';
  return `Usually ${roughly(usualSeconds)} (${band}${from})`;
}

/** When it is expected to end, and how sure that is. */
export function endWords(forecast: Forecast, now: number): string | null {
  const { ends, endsBetween } = forecast;
  if (ends === null) return null;
  const about = `Expected to finish about ${timeOfDay(ends, now)}`;
  if (!endsBetween) return about;
  const [early, late] = endsBetween.map((at) => timeOfDay(at, now));
  return early === late ? about : `${about} (between ${early} and ${late})`;
}

/** How far it is, for a bar and for those who do not see it. */
export function progressWords(forecast: Forecast): string | null {
  const { progress, usualSeconds, stepsOver, stepsCounted } = forecast;
  if (progress === null) return null;
  const steps =
    stepsOver === null || stepsCounted === null
      ? null
      : `${stepsOver} of ${count(stepsCounted, 'step')} ${stepsOver === 1 ? 'is' : 'are'} over`;
  // Without a usual time the steps are all there is.
  if (usualSeconds === null) return steps;
  const time = forecast.isLate
    ? 'Nine of ten runs have ended by now'
    : `About ${Math.round(progress * 100)}% by its usual time`;
  return steps === null ? time : `${time} · ${steps}`;
}

/** The chart's meaning in a sentence. */
export function chartWords(latest: Forecast['latest']): string {
  const seconds = latest.map((run) => run.seconds);
  const range = between(Math.min(...seconds), Math.max(...seconds));
  const newest = latest[0] ? duration(latest[0].seconds) : '';
  return `Durations of the latest ${count(latest.length, 'run')} of this process, oldest first: ${range}; the newest took ${newest}.`;
}
