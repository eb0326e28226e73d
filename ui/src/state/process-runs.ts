/** The runs of a process, as the picker lists them. */
import type { ProcessRunRow } from '../generated/contract';

/** By the number in the id, which is larger than a `number` holds exactly: longer is larger. */
export function newestFirst(runs: ProcessRunRow[]): ProcessRunRow[] {
  const number = ({ runId }: ProcessRunRow) => {
    const digits = (/[0-9]+/.exec(runId)?.[0] ?? '').replace(/^0+/, '');
    return `${String(digits.length).padStart(3, '0')}${digits}`;
  };
  const keyed = runs.map((run) => ({ run, key: number(run) }));
  keyed.sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0));
  return keyed.map(({ run }) => run);
}

/** Those of `runs` that are not among `before`. */
export function newSince(before: ProcessRunRow[], runs: ProcessRunRow[]): ProcessRunRow[] {
  const known = new Set(before.map(({ runId }) => runId));
  return runs.filter(({ runId }) => !known.has(runId));
}
