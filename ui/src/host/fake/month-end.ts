/** A month-end: sixty watched runs of twenty processes in two accounts. */
import type { Playback } from './playback';
import { RUNS, type SampleRun } from './sample';

const PROCESSES = [
  'Accruals and prepayments',
  'AP ageing',
  'AR ageing',
  'Bank reconciliation',
  'Cash flow',
  'Consolidation',
  'Fixed assets depreciation',
  'FX revaluation',
  'Intercompany matching',
  'Inventory valuation',
  'Journal upload',
  'Lease accounting',
  'Management pack',
  'Payroll upload',
  'Revenue recognition',
  'Tax provision',
  'Treasury positions',
  'Trial balance',
  'VAT return',
  'Variance analysis',
];

const ENTITIES = ['Australia', 'Germany', 'United Kingdom'];

/** Which of the sample runs each looks like: of three days, most are done. */
const LOOKS = [4, 4, 3, 1, 4, 2, 0, 4, 1, 4, 4, 6, 4, 0, 4, 1, 4, 7, 4, 5];

export function monthEnd(playback: Playback): void {
  ENTITIES.forEach((entity, e) => {
    PROCESSES.forEach((process, p) => {
      const n = e * PROCESSES.length + p;
      const look = RUNS[LOOKS[(p + e * 7) % LOOKS.length] ?? 4] as SampleRun;
      const going = look.buttons === 'going';
      const run: SampleRun = {
        ...look,
        id: `pr-${264000 + n}`,
        name: `${process} : November, ${entity}`,
        process: `p-${120100 + p}`,
        processName: process,
        started: look.started === null ? null : (going ? 5 : 40) + n * 13,
        watched: true,
        frames: [],
        late: going && n % 9 === 8,
        endsLater: n * 4,
      };
      playback.add(run, e === 2 ? 'sandbox' : undefined);
    });
  });
}
